package io.sallyport.login;

import io.sallyport.form.Actions;
import io.sallyport.verify.TrustedDevices;
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

/**
 * The browsers that a user trusts as the account console lists them: that there are some, and the way to the page that ends
 * the trust. There is no credential behind it, so nothing can be stored, removed or validated here.
 */
public final class TrustedBrowsersCredentialProvider
        implements CredentialProvider<CredentialModel>, CredentialInputValidator {

    static final String TYPE = "mfa-trusted-browsers";

    private final KeycloakSession session;

    TrustedBrowsersCredentialProvider(KeycloakSession session) {
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
                && !new TrustedDevices(session, realm).of(user).isEmpty();
    }

    @Override
    public boolean isValid(RealmModel realm, UserModel user, CredentialInput input) {
        return false;
    }

    @Override
    public CredentialModel createCredential(RealmModel realm, UserModel user, CredentialModel credential) {
        throw new ModelException("A browser is trusted by whoever proves a factor in it, and can't be stored");
    }

    @Override
    public boolean deleteCredential(RealmModel realm, UserModel user, String credentialId) {
        return false;
    }

    @Override
    public CredentialModel getCredentialFromModel(CredentialModel model) {
        return model;
    }

    /** Without a way to make one: then Keycloak leaves it out for whoever trusts no browser. */
    @Override
    public CredentialTypeMetadata getCredentialTypeMetadata(CredentialTypeMetadataContext context) {
        CredentialTypeMetadata.CredentialTypeMetadataBuilder metadata = CredentialTypeMetadata.builder()
                .type(TYPE)
                .category(CredentialTypeMetadata.Category.TWO_FACTOR)
                .displayName("mfaDevicesTitle")
                .helpText("mfaDevicesText")
                .iconCssClass("kcAuthenticatorDefaultClass")
                .removeable(false);
        if (isConfiguredFor(session.getContext().getRealm(), context.getUser(), TYPE)) {
            metadata.updateAction(Actions.DEVICES);
        }
        return metadata.build(session);
    }
}
