package io.sallyport.audit.outbox;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Removes dead letters that nobody has sent again in time, on the record of their realm; what they told stands in the trail.
 *
 * @param after how long they are kept
 * @param every how often they are looked for
 */
record Expiry(Duration after, Duration every) {

    private static final Logger LOG = Logger.getLogger(Expiry.class);

    private static final int DAYS = 90;
    private static final int MOST_DAYS = 3_650;

    /** With the options {@code dead-letter-days} and {@code retention-interval}, in seconds, as the trail has it. */
    static Expiry from(Config.Scope config) {
        int days = config.getInt("dead-letter-days", DAYS);
        if (days < 1 || days > MOST_DAYS) {
            throw new IllegalArgumentException("dead-letter-days = " + days + ", want 1 to " + MOST_DAYS);
        }
        return new Expiry(Duration.ofDays(days), Duration.ofSeconds(config.getInt("retention-interval", 3_600)));
    }

    void round(Desk desk) {
        for (String realmId : desk.glance((session, ledger, connection) -> new Removal(connection).cemeteries())) {
            try {
                all(desk, realmId);
            } catch (RuntimeException later) {
                LOG.warnf(later, "Dead letters of realm %s are not removed", realmId);
            }
        }
    }

    private void all(Desk desk, String realmId) {
        int rows;
        do {
            rows = desk.open((session, ledger, connection) -> some(session, ledger.now(), connection, realmId));
        } while (rows == Removal.CHUNK);
    }

    private int some(KeycloakSession session, Instant now, Connection connection, String realmId) throws SQLException {
        Removal removal = new Removal(connection);
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null) {
            removal.forget(realmId);
            return 0;
        }
        int rows = removal.expire(realmId, now.minus(after));
        if (rows > 0) {
            session.getContext().setRealm(realm);
            Trail.recordHere(
                    session,
                    realm,
                    MfaEvent.of(MfaEventType.OUTBOX_EXPIRED, Outcome.SUCCESS).with(Detail.ROWS, String.valueOf(rows)));
        }
        return rows;
    }
}
