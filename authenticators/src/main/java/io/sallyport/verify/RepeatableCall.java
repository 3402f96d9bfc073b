package io.sallyport.verify;

import io.sallyport.crypto.KeyedHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A call that its caller may repeat: two of the same name and the same request are one.
 *
 * @param realmId the realm
 * @param userId in whose name it is made
 * @param sessionId his session, or the {@code mfa_token} that he calls with: another one is another caller
 * @param clientId the application
 * @param endpoint what is called
 * @param externalId the name that the caller gave it
 * @param request what it asks for, in one spelling
 */
public record RepeatableCall(
        String realmId,
        String userId,
        String sessionId,
        String clientId,
        String endpoint,
        String externalId,
        String request) {

    private static final String USE = "repeatable call";

    /** The key of its row, equal for equal names byte by byte, whatever a database takes for equal. */
    String hash() {
        MessageDigest digest = sha256();
        for (String part : new String[] {realmId, userId, sessionId, clientId, endpoint, externalId}) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
    }

    /** Keyed, since a request may hold a code of six digits. */
    String hmac() {
        return KeyedHash.configured().of(USE, hash(), request);
    }

    /** Whether this was the request. */
    boolean asked(String hmac) {
        return KeyedHash.configured().matches(hmac, USE, hash(), request);
    }

    @Override
    public String toString() {
        return "RepeatableCall[" + endpoint + "]";
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }
}
