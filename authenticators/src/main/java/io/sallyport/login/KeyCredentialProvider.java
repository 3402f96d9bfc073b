package io.sallyport.login;

import com.webauthn4j.converter.util.ObjectConverter;
import org.keycloak.authentication.authenticators.browser.WebAuthnMetadataService;
import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.WebAuthnCredentialProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Keycloak's provider of WebAuthn credentials: in realms with MFA, whoever asks it whether a key is right, asks us. */
final class KeyCredentialProvider extends WebAuthnCredentialProvider {

    private final KeycloakSession session;

    KeyCredentialProvider(KeycloakSession session, WebAuthnMetadataService metadata, ObjectConverter converter) {
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
