package io.sallyport.login;

import io.sallyport.factor.SecondFactors;
import io.sallyport.factor.recovery.RecoveryCodes;
import io.sallyport.policy.Method;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import org.keycloak.credential.CredentialTypeMetadata.CredentialTypeMetadataBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.theme.Theme;

/** Recovery codes as the account console lists them: how many are left, and the way to new ones. */
public final class RecoveryCredentialProvider extends ListedBeside {

    static final String TYPE = "mfa-recovery-codes";

    RecoveryCredentialProvider(KeycloakSession session) {
        super(session, TYPE, "Recovery codes are made for their owner and can't be stored by anybody else");
    }

    @Override
    boolean has(RealmModel realm, UserModel user) {
        return new SecondFactors(session).lastResorts(realm, user).contains(Method.RECOVERY_CODE);
    }

    @Override
    void describe(CredentialTypeMetadataBuilder listed, UserModel user, boolean has) {
        listed.displayName("mfaRecoverySheet")
                .helpText("mfaRecoveryText")
                .iconCssClass("kcAuthenticatorRecoveryAuthnCodesClass");
        String renew = UserModel.RequiredAction.CONFIGURE_RECOVERY_AUTHN_CODES.name();
        if (has) {
            listed.updateAction(renew).helpText(left(user));
        } else if (Realms.enforced(session)) {
            listed.createAction(renew);
        }
    }

    /** How many are left, as a text: the account console shows a text without a key as it is, and fills no numbers in here. */
    private String left(UserModel user) {
        RealmModel realm = session.getContext().getRealm();
        int codes = new RecoveryCodes(session, new SecureRandom()).remaining(realm.getId(), user.getId());
        try {
            return session.theme()
                    .getTheme(Theme.Type.ACCOUNT)
                    .getEnhancedMessages(realm, session.getContext().resolveLocale(user, Theme.Type.ACCOUNT))
                    .getProperty("mfaRecoverySheetLeft", "{0}")
                    .replace("{0}", String.valueOf(codes));
        } catch (IOException broken) {
            throw new UncheckedIOException("the texts of the account console", broken);
        }
    }
}
