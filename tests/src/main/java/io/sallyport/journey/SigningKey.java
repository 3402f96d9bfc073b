package io.sallyport.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/** An RSA key that signs whatever it is given (RFC 7515). */
public record SigningKey(PrivateKey secret, RSAPublicKey open) {

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    /** A key that nobody knows. */
    public static SigningKey fresh() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            return new SigningKey(pair.getPrivate(), (RSAPublicKey) pair.getPublic());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A token with this header and these claims, signed by RS256 whatever the header says. */
    public String sign(Object header, Object claims) {
        String signed = unsigned(header, claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(secret);
            signature.update(signed.getBytes(UTF_8));
            return signed + "." + BASE64URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Header and claims of a token, with the dot between them. */
    public static String unsigned(Object header, Object claims) {
        return encode(header) + "." + encode(claims);
    }

    /** The public key as RFC 7517 writes it. */
    public Map<String, String> jwk() {
        return Map.of("kty", "RSA", "n", encode(open.getModulus()), "e", encode(open.getPublicExponent()));
    }

    /** The private key as Keycloak imports it. */
    public String pem() {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(secret.getEncoded())
                + "\n-----END PRIVATE KEY-----";
    }

    private static String encode(Object json) {
        return BASE64URL.encodeToString(Json.write(json).getBytes(UTF_8));
    }

    /** Without the sign byte. */
    private static String encode(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return BASE64URL.encodeToString(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }
}
