package io.sallyport.audit.seal;

import java.time.Instant;

/**
 * What the realm signs when it removes the oldest rows: that it were so many, and what their tree was. It is the payload of a
 * JWS of {@link #TYPE}.
 *
 * @param realmId whose trail
 * @param frontier of the tree of the rows that are gone; what comes after them goes on from it
 * @param time when it was signed
 */
public record Cut(String realmId, Frontier frontier, Instant time) {

    /** The {@code typ} of the JWS: no checkpoint, no manifest and no token of the realm has it. */
    public static final String TYPE = "mfa-cut+jws";

    /** As JSON. */
    public String payload() {
        return "{\"realm_id\":\"" + Checkpoint.escaped(realmId) + "\",\"size\":" + frontier.size() + ",\"frontier\":\""
                + frontier + "\",\"time\":\"" + time + "\"}";
    }
}
