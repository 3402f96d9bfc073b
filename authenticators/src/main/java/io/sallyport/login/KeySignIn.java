package io.sallyport.login;

import com.webauthn4j.data.AuthenticationRequest;
import io.sallyport.factor.webauthn.AssertionAnswer;
import io.sallyport.factor.webauthn.Bytes;
import io.sallyport.policy.Method;
import io.sallyport.verify.Attempt;
import io.sallyport.verify.Questions;
import io.sallyport.verify.Verification;
import io.sallyport.verify.Verifier;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.WebAuthnCredentialModelInput;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What Keycloak's own WebAuthn steps ask of a key, led through our verification: also a sign-in by passkey is counted,
 * single-use and leaves evidence. Of what the step expects only its challenge is used; it took the origin from the request.
 */
final class KeySignIn {

    private static final Logger LOG = Logger.getLogger(KeySignIn.class);

    private final KeycloakSession session;

    KeySignIn(KeycloakSession session) {
        this.session = session;
    }

    boolean isValid(RealmModel realm, UserModel user, CredentialInput input) {
        try {
            return input instanceof WebAuthnCredentialModelInput key && verified(realm, user, key);
        } catch (RuntimeException unavailable) {
            LOG.errorf(unavailable, "MFA is unavailable, the key was refused");
            return false;
        }
    }

    private boolean verified(RealmModel realm, UserModel user, WebAuthnCredentialModelInput key) {
        AuthenticationSessionModel signIn = session.getContext().getAuthenticationSession();
        if (signIn == null) {
            return false;
        }
        Bytes challenge = bytes(Optional.ofNullable(
                        key.getAuthenticationParameters().getServerProperty().getChallenge())
                .map(posed -> posed.getValue())
                .orElse(null));
        String challengeId = new Questions(session, realm, signIn, user).adopt(Method.WEBAUTHN, challenge.base64Url());
        Attempt attempt = new Attempt(
                user,
                Optional.of(signIn),
                Method.WEBAUTHN,
                Optional.empty(),
                Optional.of(challengeId),
                answer(key.getAuthenticationRequest()).toJson());
        return new Verifier(session, realm).verify(attempt) instanceof Verification.Verified;
    }

    private static AssertionAnswer answer(AuthenticationRequest request) {
        return new AssertionAnswer(
                bytes(request.getCredentialId()),
                bytes(request.getClientDataJSON()),
                bytes(request.getAuthenticatorData()),
                bytes(request.getSignature()),
                Optional.ofNullable(request.getUserHandle()).map(Bytes::of));
    }

    private static Bytes bytes(byte @Nullable [] bytes) {
        return Bytes.of(Optional.ofNullable(bytes).orElseGet(() -> new byte[0]));
    }
}
