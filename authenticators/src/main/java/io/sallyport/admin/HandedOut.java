package io.sallyport.admin;

import io.sallyport.json.Problem;
import io.sallyport.provider.Snapshot;
import io.sallyport.verify.OwnTransaction;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** A file that is written while one moment of the database is read, as long as its reader goes on reading. */
final class HandedOut {

    private static final Logger LOG = Logger.getLogger(HandedOut.class);

    /** For a tenth of the connections. */
    private static final Seats SEATS = new Seats(Math.max(1, OwnTransaction.poolSize() / 10), Duration.ofMinutes(1));

    private final Seats.Seat seat;

    private HandedOut(Seats.Seat seat) {
        this.seat = seat;
    }

    /** Writes what it reads by the session that it is given. */
    interface Content {

        void write(KeycloakSession session, RealmModel realm, OutputStream to) throws IOException;
    }

    /** The answer with a file in it; 429 while this caller, or this node, has as many under way as may be. */
    static Response to(Administrator caller, Function<HandedOut, Response> answer) {
        Seats.Seat seat = SEATS.of(caller.id())
                .orElseThrow(() -> caller.refused(
                        Problem.RATE_LIMITED,
                        List.of(
                                "too many files are handed out at this moment: two at a time to each, and not many in all"),
                        Map.of("Retry-After", "30"),
                        Optional.empty()));
        try {
            return answer.apply(new HandedOut(seat));
        } catch (RuntimeException refused) {
            seat.close();
            throw refused;
        }
    }

    /**
     * The body of the answer; the transaction of the request ends when its first byte is written. Whatever it does not come to
     * its end for, its reader sees that.
     */
    StreamingOutput of(KeycloakSession session, RealmModel realm, Content content) {
        return to -> {
            PacedOutput paced = new PacedOutput(to, PacedOutput.PATIENCE);
            try (Wire wire = Wire.ofRequest()) {
                seated(session, realm, content, paced);
                unchecked(paced::close);
                wire.whole();
            } catch (UncheckedIOException gone) {
                if (paced.isTooSlow()) {
                    LOG.warnf("a file about realm %s was not read, and is cut off", realm.getName());
                } else {
                    // nobody is left to tell
                    LOG.debugf(gone, "the reader of a file about realm %s went away", realm.getName());
                }
            } finally {
                paced.end();
            }
        };
    }

    /** The seat is free before the file ends: whoever has read one may ask for the next. */
    private void seated(KeycloakSession session, RealmModel realm, Content content, OutputStream to)
            throws IOException {
        try (seat) {
            if (!seat.use()) {
                throw new IOException("the answer was not begun in time");
            }
            Snapshot.read(session, realm, (own, same) -> unchecked(() -> content.write(own, same, to)));
        }
    }

    private static void unchecked(PacedOutput.Write write) {
        try {
            write.run();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
