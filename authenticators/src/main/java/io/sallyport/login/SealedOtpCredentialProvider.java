package io.sallyport.login;

import io.sallyport.crypto.KeyUnavailable;
import io.sallyport.crypto.Owner;
import io.sallyport.crypto.SecretBox;
import io.sallyport.factor.totp.OtpSecret;
import io.sallyport.factor.totp.Totp;
import io.sallyport.policy.Method;
import io.sallyport.provider.KeycloakClock;
import io.sallyport.provider.Setting;
import io.sallyport.verify.Attempt;
import io.sallyport.verify.Place;
import io.sallyport.verify.Verification;
import io.sallyport.verify.Verifier;
import java.util.Optional;
import java.util.OptionalLong;
import org.jboss.logging.Logger;
import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.OTPCredentialProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;

/**
 * Keycloak's provider of OTP credentials, with the secret sealed at rest, and with every validation led through our
 * verification in realms with MFA: whoever asks Keycloak whether a code is right, asks us.
 */
final class SealedOtpCredentialProvider extends OTPCredentialProvider {

    private static final Logger LOG = Logger.getLogger(SealedOtpCredentialProvider.class);

    SealedOtpCredentialProvider(KeycloakSession session) {
        super(session);
    }

    @Override
    public CredentialModel createCredential(RealmModel realm, UserModel user, OTPCredentialModel credential) {
        // a realm that is being imported has the attribute, but not yet the setting
        if (Realms.enforced(session) || "true".equals(realm.getAttribute(Setting.ENABLED.name()))) {
            seal(credential, owner(realm, user));
        }
        return super.createCredential(realm, user, credential);
    }

    private static void seal(OTPCredentialModel credential, Owner owner) {
        try {
            OtpSecret.seal(credential, SecretBox.configured(), owner);
        } catch (KeyUnavailable noKey) {
            throw new ModelException("The authenticator app is not stored: " + noKey.getMessage());
        }
    }

    @Override
    public boolean isValid(RealmModel realm, UserModel user, CredentialInput input) {
        String code = Optional.ofNullable(input.getChallengeResponse()).orElse("");
        String id = Optional.ofNullable(input.getCredentialId()).orElse("");
        try {
            if (Realms.enforced(session)) {
                return verified(realm, user, id, code);
            }
            Optional<CredentialModel> stored =
                    Optional.ofNullable(user.credentialManager().getStoredCredentialById(id));
            return stored.filter(OtpSecret::isSealed).isPresent()
                    ? validAsInStock(realm, user, stored.get(), code)
                    : super.isValid(realm, user, input);
        } catch (RuntimeException unavailable) {
            LOG.errorf(unavailable, "MFA is unavailable, the code was refused");
            return false;
        }
    }

    private boolean verified(RealmModel realm, UserModel user, String id, String code) {
        Optional<Place> place = Optional.ofNullable(session.getContext().getAuthenticationSession())
                .map(Place::of);
        return new Verifier(session, realm).verify(Attempt.unasked(user, place, Method.TOTP, Optional.of(id), code))
                instanceof Verification.Verified;
    }

    /** A credential that was sealed while the realm had MFA, in a realm that has it no longer. */
    private boolean validAsInStock(RealmModel realm, UserModel user, CredentialModel stored, String code) {
        OtpSecret secret = OtpSecret.open(stored, SecretBox.configured(), owner(realm, user));
        int window = realm.getOTPPolicy().getLookAheadWindow();
        OptionalLong step = secret.match(code, Totp.step(KeycloakClock.now(), secret.parameters()), window);
        if (step.isEmpty()) {
            return false;
        }
        OTPCredentialModel credential = OTPCredentialModel.createFromCredentialModel(stored);
        if (OTPCredentialModel.HOTP.equals(credential.getOTPCredentialData().getSubType())) {
            credential.updateCounter(Math.toIntExact(step.getAsLong() + 1));
            user.credentialManager().updateStoredCredential(credential);
            return true;
        }
        long life = secret.parameters().period().toSeconds() * (2L * window + 1);
        return session.singleUseObjects().putIfAbsent(stored.getId() + "." + step.getAsLong(), life);
    }

    private static Owner owner(RealmModel realm, UserModel user) {
        return new Owner(realm.getId(), user.getId());
    }
}
