package io.sallyport.login;

import com.webauthn4j.data.AuthenticationRequest;
import io.sallyport.factor.Purpose;
import io.sallyport.factor.webauthn.AssertionAnswer;
import io.sallyport.factor.webauthn.Bytes;
import io.sallyport.factor.webauthn.ChallengeHash;
import io.sallyport.policy.Method;
import io.sallyport.verify.Attempt;
import io.sallyport.verify.Place;
import io.sallyport.verify.Questions;
import io.sallyport.verify.Verification;
import io.sallyport.verify.Verifier;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.WebAuthnCredentialModelInput;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What Keycloak's own WebAuthn steps ask of a key, led through our verification: also a sign-in by passkey is counted,
 * single-use and leaves evidence. Of what the step expects only its challenge is used; it took the origin from the request.
 */
final class KeySignIn {

    private static final Logger LOG = Logger.getLogger(KeySignIn.class);

    private static final int FLAGS = 32;
    private static final int UV = 0x04;

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
        // anybody may answer in anybody's name here: what is no key of his does not count against him
        Optional<String> enrollment = enrollment(user, key);
        if (signIn == null || enrollment.isEmpty() || !verifiesUserAsWanted(key)) {
            return false;
        }
        Bytes challenge = bytes(Optional.ofNullable(
                        key.getAuthenticationParameters().getServerProperty().getChallenge())
                .map(posed -> posed.getValue())
                .orElse(null));
        String answer = answer(key.getAuthenticationRequest()).toJson();
        Place place = Place.of(signIn);
        String challengeId = new Questions(session, realm, place, user)
                .adopt(
                        Method.WEBAUTHN,
                        challenge.base64Url(),
                        ChallengeHash.of(challenge).text());
        Attempt attempt = new Attempt(
                user,
                Optional.of(place),
                Purpose.SIGN_IN,
                Method.WEBAUTHN,
                enrollment,
                Optional.of(challengeId),
                answer);
        return new Verifier(session, realm).verify(attempt) instanceof Verification.Verified;
    }

    /** The user's key of exactly the type that the step asks for: a second factor does not sign in by itself. */
    private static Optional<String> enrollment(UserModel user, WebAuthnCredentialModelInput key) {
        byte[] id = Optional.ofNullable(key.getAuthenticationRequest().getCredentialId())
                .orElseGet(() -> new byte[0]);
        return user.credentialManager()
                .getStoredCredentialsByTypeStream(key.getType())
                .filter(stored -> Arrays.equals(
                        id,
                        Base64.getMimeDecoder()
                                .decode(WebAuthnCredentialModel.createFromCredentialModel(stored)
                                        .getWebAuthnCredentialData()
                                        .getCredentialId())))
                .map(CredentialModel::getId)
                .findFirst();
    }

    /** WebAuthn Level 2 §6.1: flag UV, bit 2 of the byte after the 32 of the RP ID's hash; the signature covers it. */
    private static boolean verifiesUserAsWanted(WebAuthnCredentialModelInput key) {
        byte[] data = Optional.ofNullable(key.getAuthenticationRequest().getAuthenticatorData())
                .orElseGet(() -> new byte[0]);
        boolean verified = data.length > FLAGS && (data[FLAGS] & UV) != 0;
        return verified || !key.getAuthenticationParameters().isUserVerificationRequired();
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
