package io.sallyport.policy.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sallyport.provider.RealmCache;
import java.time.Duration;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * What this node knows of every realm's policy. That it is up to date is noted beside the cached realm: a change
 * invalidates the realm on every node, the note goes with it, and the next decision reads what changed since, by one
 * statement. A node that is not told (Keycloak started with {@code --cache=local}) looks again after
 * {@link #TRUSTED_FOR}.
 */
final class RuleCache {

    static final Duration TRUSTED_FOR = Duration.ofSeconds(5);

    /** A realm that nobody signs in to, or that another node has removed, is forgotten. */
    private static final Duration KEPT_FOR = Duration.ofHours(1);

    private static final String NOTE = "sallyport.policy.seen";
    private static final String CHANGED = "sallyport.policy.changed.";

    private final Cache<String, PolicySnapshot> snapshots =
            Caffeine.newBuilder().expireAfterAccess(KEPT_FOR).build();

    /** The policy as it is now. */
    PolicySnapshot current(KeycloakSession session, RealmModel realm) {
        RuleStore store = new RuleStore(session, realm);
        if (session.getAttribute(CHANGED + realm.getId()) != null) {
            return PolicySnapshot.read(store); // what this transaction has changed is nobody else's yet
        }
        Seen seen = RealmCache.get(realm, NOTE, Seen.class, Seen::isTrusted, () -> {
            long at = System.nanoTime();
            return new Seen(update(realm.getId(), store), at);
        });
        return seen.policy();
    }

    private PolicySnapshot update(String realmId, RuleStore store) {
        PolicySnapshot known = snapshots.getIfPresent(realmId);
        PolicySnapshot now = known == null ? PolicySnapshot.read(store) : known.brought(store);
        if (now != known) {
            snapshots.put(realmId, now);
        }
        return now;
    }

    /** From here on the current transaction answers from what it has written itself. */
    static void forget(KeycloakSession session, RealmModel realm) {
        session.setAttribute(CHANGED + realm.getId(), true);
    }

    /** Forgets a realm that is being removed. */
    void forget(String realmId) {
        snapshots.invalidate(realmId);
    }

    /**
     * That this node has looked.
     *
     * @param policy what it saw
     * @param at when, by the JVM's own clock in nanoseconds
     */
    private record Seen(PolicySnapshot policy, long at) {
        boolean isTrusted() {
            return System.nanoTime() - at < TRUSTED_FOR.toNanos();
        }
    }
}
