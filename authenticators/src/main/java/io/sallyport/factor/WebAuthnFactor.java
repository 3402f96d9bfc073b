package io.sallyport.factor;

import io.sallyport.factor.webauthn.Assertion;
import io.sallyport.factor.webauthn.Bytes;
import io.sallyport.factor.webauthn.ChallengeHash;
import io.sallyport.factor.webauthn.KeyOptions;
import io.sallyport.factor.webauthn.Registration;
import io.sallyport.policy.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/** Passkeys and security keys over Keycloak's own credentials of types {@code webauthn} and {@code webauthn-passwordless}. */
final class WebAuthnFactor implements SecondFactor {

    private final KeycloakSession session;
    private final Map<String, PendingKey> pending = new HashMap<>();

    WebAuthnFactor(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public Method method() {
        return Method.WEBAUTHN;
    }

    @Override
    public boolean configured(RealmModel realm) {
        return RealmKeys.of(session, realm, WebAuthnCredentialModel.TYPE_TWOFACTOR)
                .isPresent();
    }

    /** Public keys need no key of ours to be read. */
    @Override
    public boolean ready(RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public boolean wellFormed(String answer) {
        return Assertion.isWellFormed(answer);
    }

    @Override
    public boolean wellFormedFirst(String answer) {
        return Registration.isWellFormed(answer);
    }

    @Override
    public List<Enrollment> enrollments(RealmModel realm, UserModel user) {
        return held(realm, user)
                .all()
                .map(key -> new Enrollment(
                        key.getId(),
                        Method.WEBAUTHN,
                        Optional.ofNullable(key.getUserLabel()).orElse("")))
                .toList();
    }

    @Override
    public void prepare(RealmModel realm, UserModel user) {
        Enrollments rows = new Enrollments(session);
        KnownKeys known = new KnownKeys(session);
        held(realm, user).all().forEach(key -> {
            long counter = key.getWebAuthnCredentialData().getCounter();
            rows.adopt(key.getId(), realm.getId(), user.getId(), Method.WEBAUTHN, counter);
            known.adopt(realm, user.getId(), StoredKeys.id(key), key.getId());
        });
    }

    @Override
    public boolean asks() {
        return true;
    }

    @Override
    public boolean answeredOnce() {
        return true;
    }

    @Override
    public Asking ask(RealmModel realm, UserModel user, Occasion occasion) {
        Bytes challenge = occasion.transaction()
                .map(transaction -> KeyChallenge.ofHash(transaction.hash(occasion.challengeId())))
                .orElseGet(() -> KeyChallenge.of(occasion.challengeId()));
        return ask(realm, user, occasion.purpose(), occasion.enrollmentId(), challenge);
    }

    @Override
    public Map<String, Object> shown(RealmModel realm, UserModel user, Challenge open) {
        return KeyChallenge.again(open)
                .map(challenge -> ask(realm, user, open.purpose(), open.enrollmentId(), challenge))
                .map(asking -> asking.<Map<String, Object>>match(
                        asks -> asks.question().shown(), notNow -> Map.of()))
                .orElse(Map.of());
    }

    private Asking ask(
            RealmModel realm, UserModel user, Purpose purpose, Optional<String> enrollmentId, Bytes challenge) {
        return purpose == Purpose.ENROLL
                ? askForNew(realm, user, enrollmentId, challenge)
                : asked(challenge, held(realm, user).request(challenge));
    }

    private Asking askForNew(RealmModel realm, UserModel user, Optional<String> enrollmentId, Bytes challenge) {
        new KeySurvey(session).ensure(realm);
        HeldKeys held = held(realm, user);
        Optional<PendingKey> begun = enrollmentId.flatMap(id -> find(realm, user, id));
        Optional<RealmKeys> wanted = begun.flatMap(PendingKey::wanted);
        if (wanted.isEmpty() || held.full()) {
            return new Asking.NotNow("mfaKeyTooMany", "too_many_keys", Optional.empty());
        }
        return asked(
                challenge,
                KeyOptions.creation(
                        begun.get().registration(wanted.get()),
                        wanted.get().partyName(),
                        new KeyOptions.Owner(StoredKeys.handle(user), user.getUsername(), user.getUsername()),
                        new KeyOptions.Question(challenge, wanted.get().timeout()),
                        wanted.get().resident(),
                        held.all().map(StoredKeys::known).toList()));
    }

    private static Asking asked(Bytes challenge, String options) {
        return new Asking.Asks(
                new Question(ChallengeHash.of(challenge).text(), Map.of("options", options), Optional.empty()));
    }

    @Override
    public Optional<Match> compare(RealmModel realm, UserModel user, Answer answer) {
        return answer.challenge()
                .flatMap(KeyChallenge::posed)
                .flatMap(posed -> held(realm, user).compare(answer.text(), posed))
                .filter(match ->
                        answer.enrollmentId().map(match.enrollmentId()::equals).orElse(true));
    }

    @Override
    public Spending spend(RealmModel realm, UserModel user, Match match) {
        Spending spending = new Enrollments(session).spendKey(match.enrollmentId(), match.step());
        if (spending == Spending.SPENT && match.step() > 0) {
            // Keycloak's own copy of the counter, for the day when the realm has MFA no longer
            WebAuthnCredentialModel credential = WebAuthnCredentialModel.createFromCredentialModel(
                    user.credentialManager().getStoredCredentialById(match.enrollmentId()));
            credential.updateCounter(match.step());
            user.credentialManager().updateStoredCredential(credential);
        }
        return spending;
    }

    @Override
    public Optional<PendingFactor> pending(RealmModel realm, UserModel user, String enrollmentId) {
        return find(realm, user, enrollmentId).map(found -> found);
    }

    /** The same object for the comparison and for the activation after it: it holds the key that was compared. */
    private Optional<PendingKey> find(RealmModel realm, UserModel user, String id) {
        Optional<PendingKey> found = Optional.ofNullable(pending.get(id));
        return found.isPresent()
                ? found
                : PendingKey.find(session, realm, user, id).map(key -> {
                    pending.put(id, key);
                    return key;
                });
    }

    private HeldKeys held(RealmModel realm, UserModel user) {
        return new HeldKeys(session, realm, user);
    }
}
