package io.sallyport.audit.outbox;

import io.sallyport.audit.reading.EventRows;
import io.sallyport.event.sink.CloudEvent;
import io.sallyport.event.sink.Delivery;
import io.sallyport.event.sink.MfaEventSink;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Delivers a batch of what is due in one lane: claimed in one transaction, marked in another, sent in between. */
final class LaneRound {

    private static final int BATCH = 100;
    private static final Duration LEASE = Duration.ofMinutes(1);

    private static final Logger LOG = Logger.getLogger(LaneRound.class);

    private final Desk desk;
    private final Lane lane;
    private final Threads threads;
    private final Rest rest;
    private final int mostAttempts;
    private final BackOff backOff;

    LaneRound(Desk desk, Lane lane, Threads threads, Rest rest, int mostAttempts, BackOff backOff) {
        this.desk = desk;
        this.lane = lane;
        this.threads = threads;
        this.rest = rest;
        this.mostAttempts = mostAttempts;
        this.backOff = backOff;
    }

    /** One batch, so that lanes that share a thread take turns; whether there may be another one now. */
    boolean run() {
        Batch batch = claim();
        if (batch.rows().isEmpty()) {
            return false;
        }
        Sending sending = new Sending(lane.sink(), threads.callsOf(lane, batch.target()), mostAttempts, backOff);
        sending.send(batch);
        desk.open((session, ledger, connection) -> {
            ledger.done(sending.arrived());
            for (Sending.Mark mark : sending.marks()) {
                mark.in(ledger);
            }
            return true;
        });
        rest.end(lane, sending.arrived().stream().map(Claimed::addressee).collect(Collectors.toSet()));
        rest.begin(lane, sending.exhausted());
        return !rest.whole(lane);
    }

    private Batch claim() {
        return desk.open((session, ledger, connection) -> {
            Optional<RealmModel> realm = Optional.ofNullable(session.realms().getRealm(lane.realmId()));
            if (realm.isEmpty()) {
                new Removal(connection).forget(lane.realmId());
                return Batch.NONE;
            }
            session.getContext().setRealm(realm.get());
            Batch none = new Batch(List.of(), Map.of(), route(session, realm.get()));
            if (!threads.room(lane, threads.callsOf(lane, none.target()))) {
                rest.begin(lane);
                return none;
            }
            List<Claimed> rows = ledger.claim(lane, rest.of(lane), BATCH, LEASE);
            if (rows.isEmpty()) {
                ledger.park(lane);
                return none;
            }
            return new Batch(rows, events(connection, realm.get(), rows), none.route());
        });
    }

    private static Map<String, CloudEvent> events(Connection connection, RealmModel realm, List<Claimed> rows)
            throws SQLException {
        Map<String, CloudEvent> events = EventRows.of(
                        connection,
                        rows.stream().map(Claimed::eventId).distinct().toList(),
                        row -> EventMessage.of(realm.getName(), row))
                .stream()
                .collect(Collectors.toMap(CloudEvent::id, Function.identity(), (one, same) -> one, LinkedHashMap::new));
        CheckpointRows.of(
                        connection,
                        rows.stream()
                                .filter(row -> !events.containsKey(row.eventId()))
                                .toList())
                .forEach(kept -> events.put(kept.id(), EventMessage.of(realm.getName(), kept)));
        return events;
    }

    /** A sink that breaks here fails with each event of its own, and is told about like any that fails. */
    private Optional<MfaEventSink.Route> route(KeycloakSession session, RealmModel realm) {
        try {
            return session.getProvider(MfaEventSink.class, lane.sink()).route(realm);
        } catch (RuntimeException | LinkageError broken) {
            LOG.errorf(broken, "The sink %s has no way for realm %s", lane.sink(), realm.getName());
            String reason = "the sink broke: " + broken.getClass().getSimpleName();
            return Optional.of(event -> Delivery.tryAgain(reason));
        }
    }
}
