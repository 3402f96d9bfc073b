package io.sallyport.audit.seal;

import java.time.Instant;

/**
 * What the realm signs: that its trail had so many rows then, and this root. It is the payload of a JWS of {@link #TYPE}.
 *
 * @param realmId whose trail
 * @param size how many rows
 * @param root the hash of their tree
 * @param time when it was signed; never before the one that came before it
 * @param completeAt when no row was left to seal the last time: what is sealed later is not much older than that
 */
public record Checkpoint(String realmId, long size, Hash root, Instant time, Instant completeAt) {

    /** The {@code typ} of the JWS: no token of the realm has it, and no token is a checkpoint. */
    public static final String TYPE = "mfa-checkpoint+jws";

    public Checkpoint {
        if (size < 0) {
            throw new IllegalArgumentException("size = " + size + ", want 0 or more");
        }
    }

    /** As JSON. */
    public String payload() {
        return "{\"realm_id\":\"" + escaped(realmId) + "\",\"size\":" + size + ",\"root\":\"" + root + "\",\"time\":\""
                + time + "\",\"complete_at\":\"" + completeAt + "\"}";
    }

    /** A realm's id may be any text of whoever imported it. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars()
                .forEach(code -> escaped.append(
                        code < ' ' || code == '"' || code == '\\' ? String.format("\\u%04x", code) : (char) code));
        return escaped.toString();
    }
}
