package io.sallyport.factor;

import io.sallyport.factor.webauthn.Assertion;
import io.sallyport.factor.webauthn.Bytes;
import io.sallyport.factor.webauthn.ChallengeHash;
import io.sallyport.factor.webauthn.KeyOptions;
import io.sallyport.factor.webauthn.KeyPolicy;
import io.sallyport.factor.webauthn.Outcome;
import io.sallyport.factor.webauthn.Proof;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/** The keys of a user, each held to the policy of its own type: RP ID and origins of the two types may differ. */
final class HeldKeys {

    private static final Logger LOG = Logger.getLogger(HeldKeys.class);

    /** Nobody carries more; without a bound, one user could fill the table. */
    private static final int MOST = 20;

    private final RealmModel realm;
    private final UserModel user;
    private final StoredKeys stored;
    private final List<Group> groups;

    private record Group(RealmKeys wanted, List<WebAuthnCredentialModel> keys) {}

    HeldKeys(KeycloakSession session, RealmModel realm, UserModel user) {
        this.realm = realm;
        this.user = user;
        this.stored = new StoredKeys(user);
        this.groups = RealmKeys.TYPES.stream()
                .flatMap(type -> RealmKeys.of(session, realm, type).stream())
                .map(wanted -> new Group(wanted, stored.all(wanted.type())))
                .toList();
    }

    /** All that he has, also those that nothing can be asked of while the realm has no relying party for them. */
    Stream<WebAuthnCredentialModel> all() {
        return RealmKeys.TYPES.stream().flatMap(type -> stored.all(type).stream());
    }

    /** Whether he can't have another one. */
    boolean full() {
        return all().count() >= MOST;
    }

    /** What a page asks the browser for. It can name one RP ID: that of second factors, unless he has only other keys. */
    String request(Bytes challenge) {
        RealmKeys asking = groups.stream()
                .filter(group -> !group.keys().isEmpty())
                .findFirst()
                .or(() -> groups.stream().findFirst())
                .map(Group::wanted)
                .orElseThrow();
        return KeyOptions.request(
                asking.party(),
                new KeyOptions.Question(challenge, asking.timeout()),
                verification(asking),
                groups.stream()
                        .filter(group -> group.wanted()
                                .party()
                                .id()
                                .equals(asking.party().id()))
                        .flatMap(group -> group.keys().stream())
                        .map(StoredKeys::known)
                        .toList());
    }

    /** What the answer to the challenge proves; empty if it is wrong. */
    Optional<Match> compare(String answer, ChallengeHash posed) {
        return groups.stream()
                .flatMap(group -> compare(group, answer, posed).stream())
                .findFirst();
    }

    private Optional<Match> compare(Group group, String answer, ChallengeHash posed) {
        Outcome<Proof> outcome = new Assertion(
                        group.wanted().party(),
                        verification(group.wanted()),
                        group.keys().stream().map(stored::key).toList(),
                        StoredKeys.handle(user))
                .finish(answer, posed);
        if (outcome instanceof Outcome.Failed<Proof> failed) {
            LOG.debugf(
                    "A key of realm %s was refused as %s: %s",
                    realm.getName(), group.wanted().type(), failed.reason());
        }
        return outcome.passed()
                .flatMap(proof -> group.keys().stream()
                        .filter(key -> StoredKeys.id(key).equals(proof.key().id()))
                        .findFirst()
                        .map(key -> new Match(key.getId(), proof.signCount(), proof.amr())));
    }

    /** The stricter of what is wanted of second factors and of keys of this type. */
    private KeyPolicy.Preference verification(RealmKeys wanted) {
        return Stream.concat(groups.stream().map(Group::wanted).limit(1), Stream.of(wanted))
                .map(keys -> keys.policy().userVerification())
                .min(KeyPolicy.Preference::compareTo)
                .orElseThrow();
    }
}
