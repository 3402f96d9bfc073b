package io.sallyport.audit.seal;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /** What the {@code cty} of the JWS begins with; the trail that it is about is a parameter of it. */
    public static final String CONTENT = "json";

    private static final Pattern AFTER_THE_REALM = Pattern.compile(
            "\"size\":(\\d{1,18}),\"root\":\"([\\w-]{43})\",\"time\":\"([^\"]{20,35})\",\"complete_at\":\"([^\"]{20,35})\"}$");

    public Checkpoint {
        if (size < 0) {
            throw new IllegalArgumentException("size = " + size + ", want 0 or more");
        }
    }

    /** From its own JSON, to the letter; empty if that is none, or about another realm. */
    public static Optional<Checkpoint> read(String realmId, String payload) {
        Matcher says = AFTER_THE_REALM.matcher(payload);
        if (!says.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Checkpoint(
                            realmId,
                            Long.parseLong(says.group(1)),
                            Hash.parse(says.group(2)),
                            Instant.parse(says.group(3)),
                            Instant.parse(says.group(4))))
                    .filter(checkpoint -> checkpoint.payload().equals(payload));
        } catch (IllegalArgumentException | DateTimeException none) {
            return Optional.empty();
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
