package io.sallyport.factor.totp;

/** The hash functions of RFC 6238 §1.2. */
public enum HmacAlgorithm {
    SHA1("HmacSHA1", 20),
    SHA256("HmacSHA256", 32),
    SHA512("HmacSHA512", 64);

    private final String jcaName;
    private final int keyBytes;

    HmacAlgorithm(String jcaName, int keyBytes) {
        this.jcaName = jcaName;
        this.keyBytes = keyBytes;
    }

    /** The name that the JCA and Keycloak's credentials use. */
    public String jcaName() {
        return jcaName;
    }

    /** RFC 6238 §5.1: keys should be as long as the output of the hash. */
    public int keyBytes() {
        return keyBytes;
    }

    /** The algorithm of this JCA name. */
    public static HmacAlgorithm ofJcaName(String name) {
        for (HmacAlgorithm algorithm : values()) {
            if (algorithm.jcaName.equals(name)) {
                return algorithm;
            }
        }
        throw new IllegalArgumentException("algorithm = " + name + ", want HmacSHA1, HmacSHA256 or HmacSHA512");
    }
}
