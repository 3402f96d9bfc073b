package io.sallyport.login;

import com.webauthn4j.converter.util.ObjectConverter;
import org.keycloak.authentication.authenticators.browser.WebAuthnMetadataService;
import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.WebAuthnPasswordlessCredentialProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The same as {@link KeyCredentialProvider} for keys that sign in without a password. */
final class PasskeyCredentialProvider extends WebAuthnPasswordlessCredentialProvider {

    private final KeycloakSession session;

    PasskeyCredentialProvider(KeycloakSession session, WebAuthnMetadataService metadata, ObjectConverter converter) {
        super(session, metadata, converter);
        this.session = session;
    }

    @Override
    public boolean isValid(RealmModel realm, UserModel user, CredentialInput input) {
        return Realms.enforced(session)
                ? new KeySignIn(session).isValid(realm, user, input)
                : super.isValid(realm, user, input);
    }
}
