package io.sallyport.factor;

import io.sallyport.crypto.KeyedHash;
import io.sallyport.crypto.Owner;
import io.sallyport.crypto.SecretBox;
import io.sallyport.factor.sms.ConfiguredSender;
import io.sallyport.factor.sms.PhoneNumber;
import io.sallyport.factor.sms.SendOutcomes;
import io.sallyport.factor.sms.SentCode;
import io.sallyport.factor.sms.SmsCode;
import io.sallyport.factor.sms.SmsCredential;
import io.sallyport.policy.Method;
import io.sallyport.provider.DatabaseClock;
import io.sallyport.provider.Settings;
import io.sallyport.provider.SmsSetting;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** One-time codes by SMS to the number of a credential of our own type. */
final class SmsFactor implements SecondFactor {

    /** RFC 8176 §2. */
    static final List<String> AMR = List.of("sms");

    private final KeycloakSession session;
    private final SecretBox box;

    SmsFactor(KeycloakSession session) {
        this.session = session;
        this.box = SecretBox.configured();
    }

    @Override
    public Method method() {
        return Method.SMS_OTP;
    }

    @Override
    public boolean configured(RealmModel realm) {
        return ConfiguredSender.factory(session).isPresent();
    }

    @Override
    public boolean ready(RealmModel realm, UserModel user) {
        return box.usable()
                && credentials(user)
                        .allMatch(stored -> SmsCredential.number(stored).opens(box));
    }

    @Override
    public boolean wellFormed(String answer) {
        return SmsCode.wellFormed(answer);
    }

    @Override
    public List<Enrollment> enrollments(RealmModel realm, UserModel user) {
        return credentials(user)
                .map(stored -> new Enrollment(
                        stored.getId(),
                        Method.SMS_OTP,
                        Optional.ofNullable(stored.getUserLabel()).orElse("")))
                .toList();
    }

    @Override
    public void prepare(RealmModel realm, UserModel user) {
        Enrollments rows = new Enrollments(session);
        credentials(user).forEach(stored -> rows.adopt(stored.getId(), realm.getId(), user.getId(), Method.SMS_OTP));
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
    public Duration ttl(Settings settings) {
        return settings.get(SmsSetting.CODE_TTL);
    }

    @Override
    public Asking ask(RealmModel realm, UserModel user, Occasion occasion) {
        if (isSuspended(user, occasion)) {
            return new Asking.NotNow("mfaSuspended", "suspended", Optional.empty());
        }
        return number(realm, user, occasion.purpose(), occasion.enrollmentId())
                .map(known -> new SmsQuestion(session, realm, user).ask(known, occasion))
                .orElseGet(() -> new Asking.NotNow("mfaSmsNoNumber", "sms_no_number", Optional.empty()));
    }

    @Override
    public Map<String, Object> shown(RealmModel realm, UserModel user, Challenge open) {
        return number(realm, user, open.purpose(), open.enrollmentId())
                .map(number -> Map.<String, Object>of("destination", number.masked()))
                .orElseGet(Map::of);
    }

    private Optional<PhoneNumber> number(
            RealmModel realm, UserModel user, Purpose purpose, Optional<String> enrollmentId) {
        return switch (purpose) {
            case SIGN_IN, APPROVE -> chosen(user, enrollmentId).flatMap(stored -> number(realm, user, stored));
            case ENROLL ->
                enrollmentId
                        .flatMap(id -> PendingSms.find(session, realm, user, id))
                        .map(PendingSms::number);
        };
    }

    @Override
    public Optional<Match> compare(RealmModel realm, UserModel user, Answer answer) {
        return answer.challenge()
                .flatMap(challenge -> chosen(user, challenge.enrollmentId())
                        // what is counted against one enrollment is compared with no other
                        .filter(stored -> answer.enrollmentId()
                                .map(stored.getId()::equals)
                                .orElse(true))
                        .flatMap(stored -> number(realm, user, stored)
                                .filter(number -> isCode(challenge, number, answer.text()))
                                .map(number -> new Match(stored.getId(), now(), AMR))));
    }

    @Override
    public Spending spend(RealmModel realm, UserModel user, Match match) {
        if (!new Enrollments(session).spend(match.enrollmentId(), match.step())) {
            return Spending.REPLAY;
        }
        new SendOutcomes(em()).converted(realm.getId(), user.getId());
        return Spending.SPENT;
    }

    @Override
    public Optional<PendingFactor> pending(RealmModel realm, UserModel user, String enrollmentId) {
        return PendingSms.find(session, realm, user, enrollmentId).map(pending -> pending);
    }

    static boolean isCode(Challenge challenge, PhoneNumber number, String text) {
        return new SentCode(challenge.id(), number, challenge.purpose().name())
                .answeredBy(KeyedHash.configured(), challenge.kept(), text);
    }

    /** What is never compared again is not sent either. */
    private boolean isSuspended(UserModel user, Occasion occasion) {
        return occasion.purpose() != Purpose.ENROLL
                && chosen(user, occasion.enrollmentId())
                        .map(CredentialModel::getId)
                        .filter(new Suspension(session)::isSuspended)
                        .isPresent();
    }

    private long now() {
        return DatabaseClock.now(em()).toEpochMilli();
    }

    private Optional<PhoneNumber> number(RealmModel realm, UserModel user, CredentialModel stored) {
        return SmsCredential.number(stored).open(box, new Owner(realm.getId(), user.getId()));
    }

    private static Optional<CredentialModel> chosen(UserModel user, Optional<String> id) {
        return credentials(user)
                .filter(stored -> id.map(stored.getId()::equals).orElse(true))
                .findFirst();
    }

    private static Stream<CredentialModel> credentials(UserModel user) {
        return user.credentialManager().getStoredCredentialsByTypeStream(SmsCredential.TYPE);
    }

    private EntityManager em() {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
