package io.sallyport.verify;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.factor.Purpose;
import io.sallyport.policy.Method;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.models.UserModel;

/** What goes on the record when a factor is asked; known beforehand, for the record may be written in another transaction. */
record QuestionEvents(String userId, String clientId, String sessionId, Ruling ruling) {

    /** Of this user at this place. */
    QuestionEvents(Place place, UserModel user) {
        this(user.getId(), place.clientId(), place.sessionId(), place.ruling());
    }

    /**
     * A challenge was made.
     *
     * @param method absent if any of several may answer it
     */
    MfaEvent created(Optional<Method> method, Purpose purpose) {
        MfaEvent event = event(
                MfaEventType.CHALLENGE_CREATED, Outcome.SUCCESS, purpose.name().toLowerCase(Locale.ROOT));
        return method.map(one -> event.with(Detail.METHOD, one.name())).orElse(event);
    }

    /** It could not be asked. */
    MfaEvent failed(Method method, String reason) {
        return event(MfaEventType.FAILED, Outcome.FAILURE, reason).with(Detail.METHOD, method.name());
    }

    private MfaEvent event(MfaEventType type, Outcome outcome, String reason) {
        return ruling.begun(MfaEvent.of(type, outcome)
                .user(userId)
                .client(Optional.of(clientId))
                .session(sessionId)
                .with(Detail.REASON, reason));
    }
}
