package io.sallyport.form;

import io.sallyport.policy.Method;
import java.util.List;
import java.util.Map;

/** A method as the pages list it: its name in posts, its key in templates, and its texts. */
public final class Choice {

    private Choice() {}

    /** The methods in this order. */
    public static List<Map<String, String>> of(List<Method> methods) {
        return methods.stream().map(Choice::of).toList();
    }

    private static Map<String, String> of(Method method) {
        String name = switch (method) {
            case TOTP -> "Totp";
            case WEBAUTHN -> "Webauthn";
            case SMS_OTP -> "SmsOtp";
            case RECOVERY_CODE -> "RecoveryCode";
            case TEMPORARY_PASS -> "TemporaryPass";
            case EMAIL_CODE -> "EmailCode";
        };
        return Map.of(
                "method",
                method.name(),
                "key",
                method.key(),
                "title",
                "mfaMethod" + name,
                "text",
                "mfaMethodText" + name);
    }
}
