package io.sallyport.enroll;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import io.sallyport.factor.PendingKey;
import io.sallyport.factor.PendingSms;
import io.sallyport.factor.PendingTotp;
import io.sallyport.factor.sms.Dialled;
import io.sallyport.factor.sms.PhoneNumber;
import io.sallyport.policy.Method;
import io.sallyport.verify.CallRate;
import io.sallyport.verify.Denial;
import io.sallyport.verify.Place;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Begins enrollments, each on the record, whether a page or a call asked for it; who may have one is decided before.
 *
 * @param place where it is begun
 */
public record EnrollmentStart(KeycloakSession session, RealmModel realm, UserModel user, Place place) {

    /** An authenticator app. */
    public PendingTotp totp() {
        PendingTotp pending = PendingTotp.begin(session, realm, user);
        begun(Method.TOTP, pending.id());
        return pending;
    }

    /** A key that Keycloak will know by this type. */
    public PendingKey key(String type) {
        PendingKey pending = PendingKey.begin(session, realm, user, type);
        begun(Method.WEBAUTHN, pending.id());
        return pending;
    }

    /** A phone number. */
    public PendingSms sms(PhoneNumber number) {
        PendingSms pending = PendingSms.begin(session, realm, user, number);
        begun(Method.SMS_OTP, pending.id());
        return pending;
    }

    /** What can't be a number to send to begins nothing. */
    public Denial refused(Dialled.Why why) {
        return Denial.at(
                place,
                CallRate.Kind.REFUSED_MESSAGE,
                CallRate.By.at(place, user.getId()),
                MfaEvent.of(MfaEventType.FAILED, Outcome.FAILURE)
                        .with(Detail.METHOD, Method.SMS_OTP.name())
                        .with(Detail.REASON, why.wireName()));
    }

    private void begun(Method method, String enrollmentId) {
        Trail.record(
                session,
                realm,
                place.on(
                        session,
                        realm,
                        MfaEvent.of(MfaEventType.ENROLLMENT_STARTED, Outcome.SUCCESS)
                                .user(user.getId())
                                .client(Optional.of(place.clientId()))
                                .session(place.sessionId())
                                .with(Detail.METHOD, method.name())
                                .with(Detail.ENROLLMENT_ID, enrollmentId)));
    }
}
