package io.sallyport.factor;

import io.sallyport.crypto.KeyedHash;
import io.sallyport.crypto.SecretBox;
import io.sallyport.factor.email.EmailCode;
import io.sallyport.factor.email.Mails;
import io.sallyport.factor.email.Post;
import io.sallyport.policy.Method;
import io.sallyport.provider.EnrollmentProof;
import io.sallyport.provider.KeycloakClock;
import io.sallyport.provider.MailServer;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * A code to the verified address of somebody who never had a factor, where the realm asks for that before the first one
 * ({@code mfa.enrollment.proof} = {@code EMAIL}); good for enrolling and nothing else.
 */
final class EmailFactor implements SecondFactor {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final List<String> AMR = List.of("otp");

    private final KeycloakSession session;

    EmailFactor(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public Method method() {
        return Method.EMAIL_CODE;
    }

    @Override
    public boolean ready(RealmModel realm, UserModel user) {
        return SecretBox.configured().usable();
    }

    @Override
    public boolean wellFormed(String answer) {
        return EmailCode.wellFormed(answer);
    }

    /** The address counts as one enrollment until there is a factor; whoever ever had one needs more than a mailbox. */
    @Override
    public List<Enrollment> enrollments(RealmModel realm, UserModel user) {
        boolean counts = RealmSettings.of(session, realm).get(Setting.ENROLLMENT_PROOF) == EnrollmentProof.EMAIL
                && user.isEmailVerified()
                && Post.reaches(realm, user)
                && !new SecondFactors(session).everHeld(realm, user);
        return counts ? List.of(new Enrollment("", Method.EMAIL_CODE, masked(user.getEmail()))) : List.of();
    }

    @Override
    public void prepare(RealmModel realm, UserModel user) {
        // nothing of it is stored but its challenge
    }

    @Override
    public boolean asks() {
        return true;
    }

    @Override
    public boolean delivers() {
        return true;
    }

    @Override
    public Asking ask(RealmModel realm, UserModel user, Occasion occasion) {
        if (enrollments(realm, user).isEmpty()) {
            return new Asking.NotNow("mfaEmailNone", "no_verified_address", Optional.empty());
        }
        Mails mails = new Mails(session.getProvider(JpaConnectionProvider.class).getEntityManager());
        return mails.notBefore(realm.getId(), user.getId())
                .<Asking>map(until -> new Asking.NotNow("mfaEmailWait", "email_resend_cooldown", Optional.of(until)))
                .orElseGet(() -> new Asking.Asks(question(realm, user, occasion)));
    }

    @Override
    public Optional<Match> compare(RealmModel realm, UserModel user, Answer answer) {
        return answer.challenge()
                .filter(challenge -> !enrollments(realm, user).isEmpty())
                .filter(challenge -> EmailCode.matches(
                        KeyedHash.configured(), challenge.kept(), challenge.id(), user.getEmail(), answer.text()))
                .map(challenge -> new Match("", 0, AMR));
    }

    /** Its challenge is what is spent. */
    @Override
    public Spending spend(RealmModel realm, UserModel user, Match match) {
        return Spending.SPENT;
    }

    private Question question(RealmModel realm, UserModel user, Occasion occasion) {
        EmailCode code = EmailCode.generate(RANDOM);
        Duration life = ttl(RealmSettings.of(session, realm));
        Post mail = new Post(
                session.getKeycloakSessionFactory(),
                realm.getId(),
                MailServer.of(realm),
                user.getId(),
                Optional.of(user.getEmail()),
                Method.EMAIL_CODE.name(),
                "mfaEmailCodeSubject",
                "mfa-email-code.ftl",
                Map.of(
                        "mfa",
                        Map.of(
                                "code", code.digits(),
                                "minutes", life.plusSeconds(59).toMinutes(),
                                "username", user.getUsername())));
        return new Question(
                code.hash(KeyedHash.configured(), occasion.challengeId(), user.getEmail()),
                Map.of("resendAt", KeycloakClock.now().plus(Mails.PAUSE).toString()),
                Optional.of(() -> {
                    mail.start();
                    return new Handover.Done();
                }));
    }

    /** Enough for its owner to know it again. */
    private static String masked(String address) {
        int at = address.lastIndexOf('@');
        return at < 1 ? "•••" : address.substring(0, address.offsetByCodePoints(0, 1)) + "•••" + address.substring(at);
    }
}
