package io.sallyport.event.sink;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.provider.Provider;

/** What waits to be delivered and what was given up, for a realm's administration. */
public interface Outbox extends Provider {

    /** Each sink that something waits for, or that has dead letters: its name and both counts, as JSON objects. */
    List<Map<String, Object>> counts(String realmId);

    /** The sinks that an event waits for, each with the time of its oldest one. */
    Map<String, Instant> waitingSince(String realmId);

    /**
     * Dead letters as JSON objects, oldest first. Their {@code addressee} is whole, and may hold a secret.
     *
     * @param first how many to skip, at least 0
     * @param max how many to return at most, 1 to 500
     */
    List<Map<String, Object>> dead(String realmId, int first, int max);

    /** Lets dead letters wait again, those of these events or, if none is named, all; how many there were. */
    int resend(String realmId, Set<String> eventIds);

    @Override
    default void close() {}
}
