package io.sallyport.verify;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * What one request has read and need not read again. It is gone as soon as the request has waited, for the row of a
 * throttle or for a transaction of its own, and when it is rolled back: others may have changed all of it meanwhile.
 *
 * @param evidence of a user under a nonce
 * @param footings of users
 * @param locks ends of locks that are not over
 * @param begun nonces that this request made, under which nobody else can have proved anything: these it keeps
 */
record RequestMemory(
        Map<List<String>, List<Evidence>> evidence,
        Map<List<String>, Footing> footings,
        Map<List<String>, Optional<Instant>> locks,
        Set<String> begun) {

    private static final String MEMORY = "sallyport.memory";

    /** That of this request, which no other one ever sees. */
    static RequestMemory of(KeycloakSession session) {
        RequestMemory known = session.getAttribute(MEMORY, RequestMemory.class);
        if (known != null) {
            return known;
        }
        RequestMemory fresh = new RequestMemory(new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashSet<>());
        session.setAttribute(MEMORY, fresh);
        return fresh;
    }

    /** A user of a realm: one request may ask about several, in several realms. */
    static List<String> key(RealmModel realm, String userId) {
        return List.of(realm.getId(), userId);
    }

    /** Forgets what others may have changed. */
    void forget() {
        evidence.clear();
        footings.clear();
        locks.clear();
    }
}
