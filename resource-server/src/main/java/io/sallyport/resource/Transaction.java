package io.sallyport.resource;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * What this request is about to do, in the form in which the user approved it.
 *
 * @param approvalId id of the approval, which is that of the challenge
 * @param tenants ids of the organizations that counted
 */
record Transaction(
        String action,
        ExactDetails details,
        String approvalId,
        String client,
        String session,
        List<String> tenants,
        String user) {

    Transaction {
        tenants = List.copyOf(tenants);
    }

    /** Whether this hash is that of exactly this transaction. */
    boolean hasHash(String given) {
        return MessageDigest.isEqual(hash().getBytes(US_ASCII), given.getBytes(US_ASCII));
    }

    String hash() {
        byte[] canonical = canonical(Map.of(
                "action", action,
                "challenge", approvalId,
                "client", client,
                "details", details.values(),
                "session", session,
                "tenants", tenants,
                "user", user));
        try {
            return Base64URL.encode(MessageDigest.getInstance("SHA-256").digest(canonical))
                    .toString();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** The body of {@code authorize}: the same canonical bytes of the details that were hashed. */
    byte[] request() {
        return canonical(Map.of("action_type", action, "action_details", details.values(), "approval_id", approvalId));
    }

    /** RFC 8785. */
    static byte[] canonical(Map<String, ?> json) {
        try {
            return new JsonCanonicalizer(JSONObjectUtils.toJSONString(json)).getEncodedUTF8();
        } catch (IOException odd) {
            throw new IllegalArgumentException("has no canonical form", odd);
        }
    }
}
