package io.sallyport.crypto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.keycloak.Config;

/**
 * The keys that secrets are sealed with, by id; the first one seals, all of them open, so that keys can be rotated.
 *
 * <p>Read from the server's configuration, never from the database: {@code spi-credential--keycloak-otp--key-file} names a
 * file with one {@code id:base64} line for each key of 32 bytes; {@code spi-credential--keycloak-otp--key} holds such
 * lines itself, separated by blanks, for configuration from the environment or Keycloak's own keystore.
 */
final class Keyring {

    private static final int KEY_BYTES = 32;
    private static final int FINGERPRINT_BYTES = 4;
    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9._-]{1,32}):([A-Za-z0-9+/=]{44})");

    private final Map<String, SecretBytes> keys;

    private Keyring(Map<String, SecretBytes> keys) {
        this.keys = keys;
    }

    /** The configured keys; empty if none are configured. */
    static Optional<Keyring> configured() {
        return from(Config.scope("credential", "keycloak-otp"));
    }

    static Optional<Keyring> from(Config.Scope scope) {
        Optional<String> file = Optional.ofNullable(scope.get("key-file")).filter(path -> !path.isBlank());
        Optional<String> inline = Optional.ofNullable(scope.get("key")).filter(text -> !text.isBlank());
        return file.map(Keyring::read).or(() -> inline).map(Keyring::parse);
    }

    /** The keys of these lines, the first one being current. */
    static Keyring parse(String lines) {
        Map<String, SecretBytes> keys = new LinkedHashMap<>();
        List<String> entries = Arrays.stream(lines.split("\\s+"))
                .filter(line -> !line.isBlank())
                .toList();
        for (String entry : entries) {
            Matcher matcher = LINE.matcher(entry);
            if (!matcher.matches()) {
                throw new KeyUnavailable("an encryption key is malformed, want id:base64 of " + KEY_BYTES + " bytes");
            }
            byte[] key = decoded(matcher.group(1), matcher.group(2));
            if (keys.put(matcher.group(1) + "." + fingerprint(key), SecretBytes.of(key)) != null) {
                throw new KeyUnavailable("encryption key " + matcher.group(1) + " stands twice");
            }
        }
        if (keys.isEmpty()) {
            throw new KeyUnavailable("no encryption key in the configured source");
        }
        return new Keyring(keys);
    }

    String currentId() {
        return keys.keySet().iterator().next();
    }

    /** All of them, the current one first. */
    Stream<SecretBytes> all() {
        return keys.values().stream();
    }

    SecretBytes key(String id) {
        return Optional.ofNullable(keys.get(id))
                .orElseThrow(() -> new KeyUnavailable("no encryption key with id " + id));
    }

    private static byte[] decoded(String id, String base64) {
        try {
            byte[] key = Base64.getDecoder().decode(base64);
            if (key.length != KEY_BYTES) {
                throw new KeyUnavailable("encryption key " + id + " has " + key.length + " bytes, want " + KEY_BYTES);
            }
            return key;
        } catch (IllegalArgumentException noBase64) {
            throw new KeyUnavailable("encryption key " + id + " is no Base64");
        }
    }

    /** So that other bytes under the same id are known as another key, before anything is counted or opened. */
    private static String fingerprint(byte[] key) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update("sallyport key id".getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(sha256.digest(key), 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }

    private static String read(String path) {
        try {
            return Files.readString(Path.of(path), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new KeyUnavailable("encryption key file " + path + " can't be read");
        }
    }
}
