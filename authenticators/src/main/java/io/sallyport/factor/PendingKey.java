package io.sallyport.factor;

import io.sallyport.factor.webauthn.ChallengeHash;
import io.sallyport.factor.webauthn.NewKey;
import io.sallyport.factor.webauthn.Outcome;
import io.sallyport.factor.webauthn.Registration;
import io.sallyport.policy.Method;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** A registration of a key that waits for the answer of the authenticator. */
public final class PendingKey implements PendingFactor {

    private static final Logger LOG = Logger.getLogger(PendingKey.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final String id;
    private final String type;
    private Optional<NewKey> compared = Optional.empty();

    private PendingKey(KeycloakSession session, RealmModel realm, UserModel user, String id, String type) {
        this.session = session;
        this.realm = realm;
        this.user = user;
        this.id = id;
        this.type = type;
    }

    /** Begins a new enrollment of a key that Keycloak will know by this type. */
    public static PendingKey begin(KeycloakSession session, RealmModel realm, UserModel user, String type) {
        String id = new Enrollments(session)
                .begin(
                        realm.getId(),
                        user.getId(),
                        Method.WEBAUTHN,
                        RealmSettings.of(session, realm).get(Setting.ENROLLMENT_TTL),
                        new Enrollments.SealedSecret(type));
        return new PendingKey(session, realm, user, id, type);
    }

    /** The user's own pending enrollment of this id; empty if it is over or of another method. */
    public static Optional<PendingKey> find(KeycloakSession session, RealmModel realm, UserModel user, String id) {
        Enrollments rows = new Enrollments(session);
        return rows.isPending(id, realm.getId(), user.getId(), Method.WEBAUTHN)
                ? rows.pending(id, realm.getId(), user.getId())
                        .map(stored -> new PendingKey(session, realm, user, id, stored.sealed()))
                : Optional.empty();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Method method() {
        return Method.WEBAUTHN;
    }

    /** What the realm asks of such a key; empty if it has no relying party any more. */
    Optional<RealmKeys> wanted() {
        return RealmKeys.of(session, realm, type);
    }

    @Override
    public Optional<Match> compare(Answer answer) {
        Optional<RealmKeys> keys = wanted();
        Optional<ChallengeHash> posed = answer.challenge().flatMap(KeyChallenge::posed);
        // a page of before may still be open, in another session
        if (keys.isEmpty() || posed.isEmpty() || new HeldKeys(session, realm, user).full()) {
            return Optional.empty();
        }
        Outcome<NewKey> outcome = registration(keys.get()).finish(answer.text(), posed.get());
        if (outcome instanceof Outcome.Failed<NewKey> failed) {
            LOG.infof("A key of realm %s was not registered: %s", realm.getName(), failed.reason());
        }
        compared = outcome.passed();
        return compared.map(key -> new Match(id, key.signCount(), amr(key)));
    }

    @Override
    public boolean activate(Match match, String label) {
        NewKey key = compared.orElseThrow(() -> new IllegalStateException("activated before it was compared"));
        if (!new Enrollments(session).activate(id, match.step())) {
            return false;
        }
        new KnownKeys(session).add(realm, user.getId(), key.id(), id);
        new StoredKeys(user).add(key, type, id, label);
        return true;
    }

    Registration registration(RealmKeys keys) {
        KnownKeys known = new KnownKeys(session);
        return new Registration(
                keys.party(), keys.policy(), ConfiguredTrust.get(), keyId -> known.isKnown(realm, keyId));
    }

    private static List<String> amr(NewKey key) {
        List<String> amr = new ArrayList<>();
        amr.add(key.backupEligible() ? "swk" : "hwk");
        if (key.userVerified()) {
            amr.add("user");
        }
        return amr;
    }
}
