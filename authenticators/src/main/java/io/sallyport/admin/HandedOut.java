package io.sallyport.admin;

import io.sallyport.provider.Snapshot;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** A file that is written while one moment of the database is read, however long its reader takes. */
final class HandedOut {

    private static final Logger LOG = Logger.getLogger(HandedOut.class);

    private HandedOut() {}

    /** Writes what it reads by the session that it is given. */
    interface Content {

        void write(KeycloakSession session, RealmModel realm, OutputStream to) throws IOException;
    }

    /** The body of an answer; the transaction of the request ends when its first byte is written. */
    static StreamingOutput of(KeycloakSession session, RealmModel realm, Content content) {
        return to -> {
            try {
                Snapshot.read(session, realm, (own, same) -> write(content, own, same, to));
            } catch (UncheckedIOException gone) {
                // nobody is left to tell
                LOG.debugf(gone, "the reader of a file about realm %s went away", realm.getName());
            }
        };
    }

    private static void write(Content content, KeycloakSession session, RealmModel realm, OutputStream to) {
        try {
            content.write(session, realm, to);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
