package io.sallyport.enroll;

import io.sallyport.factor.recovery.RecoveryCode;
import io.sallyport.factor.recovery.RecoveryCodes;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import io.sallyport.verify.CodesGiven;
import io.sallyport.verify.Throttle;
import java.security.SecureRandom;
import java.util.List;
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
