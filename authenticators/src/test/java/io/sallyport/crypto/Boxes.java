package io.sallyport.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.keycloak.common.crypto.CryptoIntegration;

/** Boxes with keys of their own, for tests; the same ids have the same keys. */
public final class Boxes {

    private Boxes() {}

    /** A box with one key. */
    public static SecretBox box() {
        return box("one");
    }

    /** A box with another key. */
    public static SecretBox another() {
        return box("another");
    }

    /** Keyed hashes under the key of the first box. */
    public static KeyedHash keyed() {
        return keyed("one");
    }

    static KeyedHash keyed(String... ids) {
        Keyring keys = keyring(ids);
        return new KeyedHash(() -> Optional.of(keys));
    }

    static SecretBox box(String... ids) {
        CryptoIntegration.init(Boxes.class.getClassLoader());
        Keyring keys = keyring(ids);
        return new SecretBox(() -> Optional.of(keys));
    }

    private static Keyring keyring(String... ids) {
        StringBuilder lines = new StringBuilder();
        for (String id : ids) {
            lines.append(line(id)).append('\n');
        }
        return Keyring.parse(lines.toString());
    }

    static String line(String id) {
        return id + ":" + Base64.getEncoder().encodeToString(key(id));
    }

    static byte[] key(String id) {
        return (id + "-".repeat(32)).substring(0, 32).getBytes(StandardCharsets.US_ASCII);
    }
}
