package io.sallyport.factor;

import io.sallyport.factor.sms.SmsCredential;
import io.sallyport.policy.Method;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
            SmsCredential.TYPE,
            Method.SMS_OTP);

    private CredentialTypes() {}

    /** All of them. */
    public static Set<String> all() {
        return METHODS.keySet();
    }

    /** The method that credentials of this type prove; empty if they are no factor. */
    public static Optional<Method> method(String type) {
        return Optional.ofNullable(METHODS.get(type));
    }

    /** The type by which a new enrollment of this method is stored. */
    public static String stored(Method method) {
        return switch (method) {
            case TOTP -> OTPCredentialModel.TYPE;
            case WEBAUTHN -> WebAuthnCredentialModel.TYPE_TWOFACTOR;
            case SMS_OTP -> SmsCredential.TYPE;
            case RECOVERY_CODE, TEMPORARY_PASS, EMAIL_CODE ->
                throw new IllegalArgumentException(method + " is no credential");
        };
    }
}
