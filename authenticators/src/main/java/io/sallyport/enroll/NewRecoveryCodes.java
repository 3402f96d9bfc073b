package io.sallyport.enroll;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import io.sallyport.factor.recovery.RecoveryCode;
import io.sallyport.factor.recovery.RecoveryCodes;
import io.sallyport.policy.Method;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import io.sallyport.verify.Notice;
import io.sallyport.verify.Notices;
import io.sallyport.verify.RecoveryReset;
import java.security.SecureRandom;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Gives a user a new set of recovery codes, on the record. */
final class NewRecoveryCodes {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeycloakSession session;
    private final RealmModel realm;

    NewRecoveryCodes(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    List<String> forUser(UserModel user) {
        int count = RealmSettings.of(session, realm).get(Setting.RECOVERY_COUNT);
        List<RecoveryCode> codes = new RecoveryCodes(session, RANDOM).replace(realm.getId(), user.getId(), count);
        RecoveryReset.forgetProofs(session, realm, user.getId());
        Trail.record(
                session,
                realm,
                MfaEvent.of(MfaEventType.RECOVERY_RESET, Outcome.SUCCESS)
                        .user(user.getId())
                        .with(Detail.METHOD, Method.RECOVERY_CODE.name()));
        Notices.tell(session, realm, user, Notice.RECOVERY_CODES_MADE, Method.RECOVERY_CODE);
        return codes.stream().map(RecoveryCode::grouped).toList();
    }
}
