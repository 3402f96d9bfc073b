package io.sallyport.event.sink;

import io.sallyport.event.MfaEventType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.Provider;

/** Somewhere events go to: a log, a web address, a mailbox, a queue. */
public interface MfaEventSink extends Provider {

    /** The addressee of a sink that has one. */
    String ONLY = "";

    /**
     * Whether an event goes there from this realm; asked within the event's transaction: no statement, no call.
     *
     * @param details those of the event that are kept in its audit row, by the names of {@link io.sallyport.event.Detail}
     */
    boolean wants(RealmModel realm, MfaEventType type, Map<String, String> details);

    /**
     * Whom it tells apart, at most 2048 characters each: order, attempts and dead letters are those of one addressee. Most sinks
     * have one without a name. Asked as above.
     */
    default Set<String> addressees(RealmModel realm, MfaEventType type, Map<String, String> details) {
        return wants(realm, type, details) ? Set.of(ONLY) : Set.of();
    }

    /** The way there, as the realm is configured now, asked in a transaction; empty if there is none any more. */
    Optional<Route> route(RealmModel realm);

    /** What is wrong with these settings of a realm, by name; an administrator is about to store them. */
    default List<String> problems(Map<String, String> settings) {
        return List.of();
    }

    @Override
    default void close() {}

    /** One way; used after the session and the transaction that it came from. */
    interface Route {

        /**
         * What is called, in words of the sink's own that nobody is shown: with another target nobody waits for calls that never
         * ended at the one before.
         */
        default String target() {
            return "";
        }

        /** Sends one event. Returns within ten seconds, and throws nothing that it expects; after twelve it is interrupted. */
        Delivery send(CloudEvent event);

        /** Sends one event to one of the {@link MfaEventSink#addressees}. */
        default Delivery send(CloudEvent event, String addressee) {
            return send(event);
        }
    }
}
