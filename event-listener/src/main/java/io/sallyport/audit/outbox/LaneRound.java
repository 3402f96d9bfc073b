package io.sallyport.audit.outbox;

import io.sallyport.audit.reading.EventRows;
import io.sallyport.event.sink.CloudEvent;
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
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Delivers a batch of what is due in one lane: claimed in one transaction, marked in another, sent in between. */
final class LaneRound {

    private static final int BATCH = 20;
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final Desk desk;
    private final Lane lane;
    private final int mostAttempts;
    private final BackOff backOff;

    LaneRound(Desk desk, Lane lane, int mostAttempts, BackOff backOff) {
        this.desk = desk;
        this.lane = lane;
        this.mostAttempts = mostAttempts;
        this.backOff = backOff;
    }

    /** What comes after a batch. */
    enum Next {
        NOTHING_DUE,
        MORE,
        /** The target needs a rest. */
        REST
    }

    /** One batch: lanes that share a thread take turns. */
    Next run() {
        Batch batch = claim();
        if (batch.rows().isEmpty()) {
            return Next.NOTHING_DUE;
        }
        Sending sending = new Sending(lane.sink(), mostAttempts, backOff);
        sending.send(batch);
        desk.open((session, ledger, connection) -> {
            for (Sending.Mark mark : sending.marks()) {
                mark.in(ledger);
            }
            return true;
        });
        return sending.gaveUp() ? Next.REST : Next.MORE;
    }

    private Batch claim() {
        return desk.open((session, ledger, connection) -> {
            Optional<RealmModel> realm = Optional.ofNullable(session.realms().getRealm(lane.realmId()));
            if (realm.isEmpty()) {
                ledger.forget(lane.realmId());
                return Batch.NONE;
            }
            List<Claimed> rows = ledger.claim(lane, BATCH, LEASE);
            return rows.isEmpty() ? Batch.NONE : batch(session, connection, realm.get(), rows);
        });
    }

    private Batch batch(KeycloakSession session, Connection connection, RealmModel realm, List<Claimed> rows)
            throws SQLException {
        session.getContext().setRealm(realm);
        Map<String, CloudEvent> events = EventRows.of(
                        connection, rows.stream().map(Claimed::eventId).toList())
                .stream()
                .map(row -> EventMessage.of(realm.getName(), row))
                .collect(Collectors.toMap(CloudEvent::id, Function.identity(), (one, same) -> one, LinkedHashMap::new));
        CheckpointRows.of(
                        connection,
                        rows.stream()
                                .filter(row -> !events.containsKey(row.eventId()))
                                .toList())
                .forEach(kept -> events.put(kept.id(), EventMessage.of(realm.getName(), kept)));
        return new Batch(
                rows,
                events,
                session.getProvider(MfaEventSink.class, lane.sink()).route(realm));
    }
}
