package io.sallyport.login;

import io.sallyport.form.Actions;
import io.sallyport.verify.TrustedDevices;
import org.keycloak.credential.CredentialTypeMetadata.CredentialTypeMetadataBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The browsers that a user trusts as the account console lists them, with the way to the page that ends the trust. */
public final class TrustedBrowsersCredentialProvider extends ListedBeside {

    static final String TYPE = "mfa-trusted-browsers";

    TrustedBrowsersCredentialProvider(KeycloakSession session) {
        super(session, TYPE, "A browser is trusted by whoever proves a factor in it, and can't be stored");
    }

    @Override
    boolean has(RealmModel realm, UserModel user) {
        return !new TrustedDevices(session, realm).of(user).isEmpty();
    }

    @Override
    void describe(CredentialTypeMetadataBuilder listed, UserModel user, boolean has) {
        listed.displayName("mfaDevicesTitle").helpText("mfaDevicesText").iconCssClass("kcAuthenticatorDefaultClass");
        if (has) {
            listed.updateAction(Actions.DEVICES);
        }
    }
}
