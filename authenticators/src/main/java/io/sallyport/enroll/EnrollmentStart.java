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
import io.sallyport.verify.Shown;
import java.util.Optional;
import java.util.function.Consumer;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Begins enrollments on the record, whether a page or a call asked for it; who may have one is decided before.
 *
 * @param place where it is begun
 * @param trail takes what was begun
 */
public record EnrollmentStart(
        KeycloakSession session, RealmModel realm, UserModel user, Place place, Consumer<MfaEvent> trail) {

    /** By a call, which is counted before; each is on the record. */
    public static EnrollmentStart byCall(KeycloakSession session, RealmModel realm, UserModel user, Place place) {
        return new EnrollmentStart(
                session, realm, user, place, begun -> Trail.record(session, realm, place.on(session, realm, begun)));
    }

    /** By a page, which is shown however often somebody asks for it; they are on the record within a rate. */
    public static EnrollmentStart byPage(KeycloakSession session, RealmModel realm, UserModel user, Place place) {
        return new EnrollmentStart(
                session, realm, user, place, Shown.begun(session, realm, place, user.getId())::record);
    }

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
        trail.accept(MfaEvent.of(MfaEventType.ENROLLMENT_STARTED, Outcome.SUCCESS)
                .user(user.getId())
                .client(Optional.of(place.clientId()))
                .session(place.sessionId())
                .with(Detail.METHOD, method.name())
                .with(Detail.ENROLLMENT_ID, enrollmentId));
    }
}
