package io.sallyport.policy;

/** How strong a method must be; declared weakest first, so that the greater of two is the stricter. */
public enum Strength {
    /** Every method will do. */
    ANY,
    /** Everything but SMS, which NIST SP 800-63B-4 §3.2.9 restricts. */
    NO_SMS,
    /** Only what cannot be relayed by a look-alike site. */
    PHISHING_RESISTANT;

    /** Whether a proof by this method is strong enough. */
    public boolean accepts(Method method) {
        return switch (this) {
            case ANY -> true;
            case NO_SMS -> method != Method.SMS_OTP && method != Method.EMAIL_CODE;
            case PHISHING_RESISTANT -> method == Method.WEBAUTHN;
        };
    }

    /** The greatest strength that a proof by this method has. */
    public static Strength of(Method method) {
        return switch (method) {
            case WEBAUTHN -> PHISHING_RESISTANT;
            case TOTP, RECOVERY_CODE, TEMPORARY_PASS -> NO_SMS;
            case SMS_OTP, EMAIL_CODE -> ANY;
        };
    }

    /** The stricter of two. */
    public Strength and(Strength other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
