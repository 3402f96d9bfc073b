package io.sallyport.enroll;

import io.sallyport.factor.recovery.RecoveryCode;
import io.sallyport.factor.recovery.RecoveryCodes;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import io.sallyport.verify.CodesGiven;
import io.sallyport.verify.RecoveryLink;
import io.sallyport.verify.Throttle;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Gives a user a new set of recovery codes, on the record. */
public final class NewRecoveryCodes {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeycloakSession session;
    private final RealmModel realm;

    /** The codes of a realm. */
    public NewRecoveryCodes(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** They count at once, and the old ones no longer. */
    public List<String> forUser(UserModel user) {
        new Throttle(session).queue(realm, user.getId()); // or two at once would both leave their set
        List<RecoveryCode> codes = codes().replace(realm.getId(), user.getId(), count());
        CodesGiven.to(session, realm, user);
        return shown(codes);
    }

    /** They count once this enrollment, his first, is active. */
    public List<String> forFirst(String enrollmentId, UserModel user) {
        return shown(codes().await(realm.getId(), user.getId(), enrollmentId, count()));
    }

    /**
     * They count once their owner says that he has kept them, and the old ones until then; empty if the link does not lead him
     * here any more.
     */
    Optional<List<String>> byLink(RecoveryLink link, UserModel user) {
        new Throttle(session).queue(realm, user.getId());
        return link.opensFor(session, realm, user)
                ? Optional.of(shown(codes().await(realm.getId(), user.getId(), link.id(), count())))
                : Optional.empty();
    }

    /** From now on those of the link count, and the link no longer; false if another one came before. */
    boolean kept(RecoveryLink link, UserModel user) {
        new Throttle(session).queue(realm, user.getId());
        boolean counts = link.isUnused(session, realm, user) && codes().kept(realm.getId(), user.getId(), link.id());
        if (counts) {
            CodesGiven.to(session, realm, user);
        }
        return counts;
    }

    private RecoveryCodes codes() {
        return new RecoveryCodes(session, RANDOM);
    }

    private int count() {
        return RealmSettings.of(session, realm).get(Setting.RECOVERY_COUNT);
    }

    private static List<String> shown(List<RecoveryCode> codes) {
        return codes.stream().map(RecoveryCode::grouped).toList();
    }
}
