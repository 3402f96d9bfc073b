package io.sallyport.resource;

import java.util.Map;
import java.util.TreeMap;

/**
 * An approval that was just spent: the action may run once, with these details and no others.
 *
 * @param id of the approval, and of the server's audit rows about it
 * @param user subject of the token
 * @param session id of the user's session
 * @param client that the token was issued to
 */
public record Approval(
        String action, Map<String, Object> details, String id, String user, String session, String client) {

    public Approval {
        details = new TreeMap<>(details);
    }
}
