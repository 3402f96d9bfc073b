package io.sallyport.factor;

import io.sallyport.crypto.Owner;
import io.sallyport.crypto.SecretBox;
import io.sallyport.factor.sms.PhoneNumber;
import io.sallyport.factor.sms.SendOutcomes;
import io.sallyport.factor.sms.SmsCredential;
import io.sallyport.factor.sms.SmsCredential.SealedNumber;
import io.sallyport.policy.Method;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** A phone number that waits for the first code that was sent to it. */
public final class PendingSms implements PendingFactor {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final String id;
    private final PhoneNumber number;

    private PendingSms(KeycloakSession session, RealmModel realm, UserModel user, String id, PhoneNumber number) {
        this.session = session;
        this.realm = realm;
        this.user = user;
        this.id = id;
        this.number = number;
    }

    /** Begins the enrollment of a number in place of a pending one. */
    public static PendingSms begin(KeycloakSession session, RealmModel realm, UserModel user, PhoneNumber number) {
        SealedNumber sealed = SealedNumber.of(number, SecretBox.configured(), owner(realm, user));
        String id = new Enrollments(session)
                .begin(
                        realm.getId(),
                        user.getId(),
                        Method.SMS_OTP,
                        RealmSettings.of(session, realm).get(Setting.ENROLLMENT_TTL),
                        new Enrollments.SealedSecret(sealed.text()));
        return new PendingSms(session, realm, user, id, number);
    }

    /** The user's own pending enrollment of this id; empty if it is over. */
    public static Optional<PendingSms> find(KeycloakSession session, RealmModel realm, UserModel user, String id) {
        Enrollments enrollments = new Enrollments(session);
        return enrollments
                .pending(id, realm.getId(), user.getId())
                .filter(stored -> enrollments.isPending(id, realm.getId(), user.getId(), Method.SMS_OTP))
                .flatMap(stored -> new SealedNumber(stored.sealed()).open(SecretBox.configured(), owner(realm, user)))
                .map(number -> new PendingSms(session, realm, user, id, number));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Method method() {
        return Method.SMS_OTP;
    }

    /** The number. */
    public PhoneNumber number() {
        return number;
    }

    @Override
    public Optional<Match> compare(Answer answer) {
        return answer.challenge()
                .filter(challenge -> challenge.enrollmentId().filter(id::equals).isPresent())
                .filter(challenge -> SmsFactor.isCode(challenge, number, answer.text()))
                .map(challenge -> new Match(id, 0, SmsFactor.AMR));
    }

    @Override
    public boolean activate(Match match, String label) {
        if (!new Enrollments(session).activate(id, match.step())) {
            return false;
        }
        SealedNumber sealed = SealedNumber.of(number, SecretBox.configured(), owner(realm, user));
        user.credentialManager()
                .createStoredCredential(SmsCredential.of(id, sealed, label.isEmpty() ? number.masked() : label));
        new SendOutcomes(session.getProvider(JpaConnectionProvider.class).getEntityManager())
                .converted(realm.getId(), user.getId());
        return true;
    }

    private static Owner owner(RealmModel realm, UserModel user) {
        return new Owner(realm.getId(), user.getId());
    }
}
