package io.sallyport.factor;

import io.sallyport.policy.Method;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/** Which of the credentials that Keycloak stores are second factors. */
public final class CredentialTypes {

    private static final Map<String, Method> METHODS = Map.of(
            OTPCredentialModel.TYPE,
            Method.TOTP,
            WebAuthnCredentialModel.TYPE_TWOFACTOR,
            Method.WEBAUTHN,
            WebAuthnCredentialModel.TYPE_PASSWORDLESS,
            Method.WEBAUTHN,
            "mfa-sms",
            Method.SMS_OTP);

    private CredentialTypes() {}

    /** The method that credentials of this type prove; empty if they are no factor. */
    public static Optional<Method> method(String type) {
        return Optional.ofNullable(METHODS.get(type));
    }
}
