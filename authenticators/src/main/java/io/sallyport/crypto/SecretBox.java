package io.sallyport.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.keycloak.jose.jwe.JWE;
import org.keycloak.jose.jwe.JWEConstants;
import org.keycloak.jose.jwe.JWEException;
import org.keycloak.jose.jwe.JWEHeader;
import org.keycloak.jose.jwe.JWEKeyStorage;

/**
 * Seals secrets for the database: a JWE (RFC 7516, {@code dir}, {@code A256GCM}) under a key derived for its owner, so
 * that one user's sealed secret does not open for another.
 */
public final class SecretBox {

    private static final String PREFIX = "sallyport:v1:";

    private final Supplier<Optional<Keyring>> keyring;

    SecretBox(Supplier<Optional<Keyring>> keyring) {
        this.keyring = keyring;
    }

    /** The box with the keys of the server's configuration. */
    public static SecretBox configured() {
        return new SecretBox(Keyring::configured);
    }

    /** Whether the text is a sealed secret. */
    public static boolean isSealed(String text) {
        return text.startsWith(PREFIX);
    }

    /** Whether there is a key to seal with; false also for keys that can't be read. */
    public boolean usable() {
        try {
            return keyring.get().isPresent();
        } catch (KeyUnavailable unreadable) {
            return false;
        }
    }

    /** Whether the key that sealed the text is at hand. */
    public boolean hasKeyOf(String sealed) {
        try {
            keys().key(((JWEHeader) new JWE(sealed.substring(PREFIX.length())).getHeader()).getKeyId());
            return true;
        } catch (RuntimeException unknown) {
            return false;
        }
    }

    /**
     * The secret, sealed for its owner.
     *
     * @throws KeyUnavailable if there is no key
     */
    public String seal(SecretBytes secret, Owner owner) {
        Keyring keys = keys();
        JWE jwe = new JWE()
                .header(new JWEHeader(JWEConstants.DIRECT, JWEConstants.A256GCM, null, keys.currentId()))
                .content(secret.toBytes());
        ownersKey(jwe, keys, keys.currentId(), owner);
        try {
            return PREFIX + jwe.encodeJwe();
        } catch (JWEException broken) {
            throw new IllegalStateException("sealing failed", broken);
        }
    }

    /**
     * The secret behind a sealed text.
     *
     * @throws KeyUnavailable if it was sealed with another key, for another owner, or changed since
     */
    public SecretBytes open(String sealed, Owner owner) {
        Keyring keys = keys();
        try {
            JWE jwe = new JWE(sealed.substring(PREFIX.length()));
            JWEHeader header = (JWEHeader) jwe.getHeader();
            // what was sealed here is opened here, and nothing that merely looks like it
            if (!JWEConstants.DIRECT.equals(header.getAlgorithm())
                    || !JWEConstants.A256GCM.equals(header.getEncryptionAlgorithm())) {
                throw new KeyUnavailable("a sealed secret has another algorithm than ours");
            }
            ownersKey(jwe, keys, header.getKeyId(), owner);
            return SecretBytes.of(jwe.verifyAndDecodeJwe().getContent());
        } catch (KeyUnavailable known) {
            throw known;
        } catch (JWEException | RuntimeException broken) {
            // a changed text fails in many ways, and none of their messages may reach a log
            throw new KeyUnavailable("a sealed secret does not open: other key, other owner, or changed");
        }
    }

    private Keyring keys() {
        return keyring.get()
                .orElseThrow(() -> new KeyUnavailable("no encryption key is configured:"
                        + " set spi-credential--keycloak-otp--key-file to a file with a line id:base64"));
    }

    private static void ownersKey(JWE jwe, Keyring keys, String keyId, Owner owner) {
        jwe.getKeyStorage()
                .setCEKKey(derive(keys.key(keyId), owner), JWEKeyStorage.KeyUse.ENCRYPTION)
                .setCEKKey(derive(keys.key(keyId), owner), JWEKeyStorage.KeyUse.SIGNATURE);
    }

    /** RFC 5869 §2.3, HKDF-Expand with SHA-256 for one block: T(1) = HMAC(PRK, info | 0x01). */
    private static SecretKeySpec derive(SecretBytes key, Owner owner) {
        try {
            Mac hmac = Mac.getInstance("HmacSHA256");
            hmac.init(new SecretKeySpec(key.toBytes(), "HmacSHA256"));
            hmac.update(("sallyport factor secret\0" + owner.realmId() + "\0" + owner.userId() + "\u0001")
                    .getBytes(StandardCharsets.UTF_8));
            return new SecretKeySpec(hmac.doFinal(), "AES");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JVM has HmacSHA256", impossible);
        }
    }
}
