package io.sallyport.audit.seal;

/** What the realm signs about an export: a JWS with this type whose payload names the SHA-256 of the bytes before it. */
public final class Manifest {

    /** The {@code typ} of the JWS: no checkpoint and no token of the realm has it. */
    public static final String TYPE = "mfa-manifest+jws";

    /** The {@code typ} of the manifest of an evidence packet, whose payload names the SHA-256 of each file. */
    public static final String EVIDENCE = "mfa-evidence+jws";

    private Manifest() {}
}
