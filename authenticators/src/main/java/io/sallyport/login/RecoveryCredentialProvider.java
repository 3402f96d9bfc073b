package io.sallyport.login;

import io.sallyport.factor.SecondFactors;
import io.sallyport.factor.recovery.RecoveryCodes;
import io.sallyport.policy.Method;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.CredentialInputValidator;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.CredentialTypeMetadata;
import org.keycloak.credential.CredentialTypeMetadataContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.theme.Theme;

/**
 * Recovery codes as the account console lists them: whether there are any, and the way to new ones. There is no credential
 * behind it, so nothing of a code can be read, removed, imported or validated here.
 */
public final class RecoveryCredentialProvider implements CredentialProvider<CredentialModel>, CredentialInputValidator {

    static final String TYPE = "mfa-recovery-codes";

    private final KeycloakSession session;

    RecoveryCredentialProvider(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public String getType() {
        return TYPE;
    }

    @Override
    public boolean supportsCredentialType(String type) {
        return TYPE.equals(type);
    }

    @Override
    public boolean isConfiguredFor(RealmModel realm, UserModel user, String type) {
        return TYPE.equals(type)
                && Realms.enforced(session)
                && new SecondFactors(session).lastResorts(realm, user).contains(Method.RECOVERY_CODE);
    }

    @Override
    public boolean isValid(RealmModel realm, UserModel user, CredentialInput input) {
        return false;
    }

    @Override
    public CredentialModel createCredential(RealmModel realm, UserModel user, CredentialModel credential) {
        throw new ModelException("Recovery codes are made for their owner and can't be stored by anybody else");
    }

    @Override
    public boolean deleteCredential(RealmModel realm, UserModel user, String credentialId) {
        return false;
    }

    @Override
    public CredentialModel getCredentialFromModel(CredentialModel model) {
        return model;
    }

    @Override
    public CredentialTypeMetadata getCredentialTypeMetadata(CredentialTypeMetadataContext context) {
        CredentialTypeMetadata.CredentialTypeMetadataBuilder metadata = CredentialTypeMetadata.builder()
                .type(TYPE)
                .category(CredentialTypeMetadata.Category.TWO_FACTOR)
                .displayName("mfaRecoverySheet")
                .helpText("mfaRecoveryText")
                .iconCssClass("kcAuthenticatorRecoveryAuthnCodesClass")
                .removeable(false);
        String renew = UserModel.RequiredAction.CONFIGURE_RECOVERY_AUTHN_CODES.name();
        if (isConfiguredFor(session.getContext().getRealm(), context.getUser(), TYPE)) {
            metadata.updateAction(renew).helpText(left(context.getUser()));
        } else if (Realms.enforced(session)) {
            metadata.createAction(renew);
        }
        return metadata.build(session);
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
