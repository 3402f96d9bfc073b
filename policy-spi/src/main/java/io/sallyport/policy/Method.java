package io.sallyport.policy;

import java.util.Locale;
import java.util.Optional;

/** A way to prove possession of a second factor; the names are those of tokens, REST and audit rows. */
public enum Method {
    /** RFC 6238; also the stock HOTP credentials (RFC 4226) that users brought along. */
    TOTP,
    /** Web Authentication Level 2. */
    WEBAUTHN,
    /** A code by text message: a fallback, never preselected. */
    SMS_OTP,
    /** A single-use code for the day when no other method is at hand; verified, never enrolled by itself. */
    RECOVERY_CODE,
    /** A one-time pass from an administrator, good for enrolling a factor and nothing else. */
    TEMPORARY_PASS,
    /** A one-time code to a verified address, good for enrolling the first factor and nothing else. */
    EMAIL_CODE;

    /** Whether a policy may list the method and a user may enroll it. */
    public boolean enrollable() {
        return switch (this) {
            case TOTP, WEBAUTHN, SMS_OTP -> true;
            case RECOVERY_CODE, TEMPORARY_PASS, EMAIL_CODE -> false;
        };
    }

    /** The method of exactly this name; other spellings are no method. */
    public static Optional<Method> named(String name) {
        for (Method method : values()) {
            if (method.name().equals(name)) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }

    /** The name as message keys use it: {@code totp}, {@code sms-otp}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
