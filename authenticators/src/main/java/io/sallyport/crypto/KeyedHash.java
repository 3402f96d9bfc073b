package io.sallyport.crypto;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hashes what has too few possible values for a plain hash, such as a code of six digits or a phone number: HMAC-SHA-256
 * under a key that is not in the database. The text names its key, so that rotating keys spoils nothing.
 */
public final class KeyedHash {

    private static final String HMAC = "HmacSHA256";

    private final Supplier<Optional<Keyring>> keyring;

    KeyedHash(Supplier<Optional<Keyring>> keyring) {
        this.keyring = keyring;
    }

    /** With the keys of the server's configuration. */
    public static KeyedHash configured() {
        return new KeyedHash(Keyring::configured);
    }

    /**
     * The hash of these parts, of which none can be mistaken for another.
     *
     * @param use what the hash is for: equal parts have different hashes for different uses
     * @throws KeyUnavailable if there is no key
     */
    public String of(String use, String... parts) {
        Keyring keys = keys();
        return keys.currentId() + ":" + text(hmac(keys.key(keys.currentId()), use, parts));
    }

    /** Whether the hash is of these parts; false also if its key is gone. */
    public boolean matches(String hash, String use, String... parts) {
        int colon = hash.lastIndexOf(':');
        try {
            byte[] expected = hmac(keys().key(hash.substring(0, Math.max(0, colon))), use, parts);
            // constant time: how far it is equal must not show
            return MessageDigest.isEqual(
                    hash.substring(colon + 1).getBytes(StandardCharsets.US_ASCII),
                    text(expected).getBytes(StandardCharsets.US_ASCII));
        } catch (KeyUnavailable gone) {
            return false;
        }
    }

    /**
     * 256 bits that nobody knows without the key, always the same of these parts: by the current key, and then by the others;
     * none if there is no key.
     */
    public List<byte[]> derived(String use, String... parts) {
        try {
            return keyring.get().stream()
                    .flatMap(Keyring::all)
                    .map(key -> hmac(key, use, parts))
                    .toList();
        } catch (KeyUnavailable unreadable) {
            return List.of();
        }
    }

    private Keyring keys() {
        return keyring.get().orElseThrow(() -> new KeyUnavailable("no encryption key is configured"));
    }

    private static byte[] hmac(SecretBytes key, String use, String... parts) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes("sallyport keyed hash\0".getBytes(StandardCharsets.US_ASCII));
        write(message, use);
        for (String part : parts) {
            write(message, part);
        }
        try {
            Mac hmac = Mac.getInstance(HMAC);
            hmac.init(new SecretKeySpec(key.toBytes(), HMAC));
            return hmac.doFinal(message.toByteArray());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JVM has " + HMAC, impossible);
        }
    }

    /** With its length before it: "1", "23" is not "12", "3". */
    private static void write(ByteArrayOutputStream message, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        message.writeBytes(
                ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        message.writeBytes(bytes);
    }

    private static String text(byte[] hash) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }
}
