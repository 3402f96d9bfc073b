package io.sallyport.crypto;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import org.erdtman.jcs.JsonCanonicalizer;

/** The one spelling of a JSON object (RFC 8785), and its hash. */
public final class CanonicalJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String text;

    private CanonicalJson(String text) {
        this.text = text;
    }

    /**
     * The object of these values: texts, booleans, lists, objects, and numbers that a double keeps exactly (RFC 8785
     * §3.2.2.3); the caller has checked that.
     */
    public static CanonicalJson of(Map<String, ?> values) {
        try {
            return new CanonicalJson(new JsonCanonicalizer(JSON.writeValueAsString(values)).getEncodedString());
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException("no JSON values", impossible);
        } catch (IOException unfit) {
            throw new IllegalArgumentException("RFC 8785 has no form for it", unfit);
        }
    }

    /** SHA-256 of its UTF-8, as base64url without padding. */
    public String sha256() {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** The text. */
    @Override
    public String toString() {
        return text;
    }
}
