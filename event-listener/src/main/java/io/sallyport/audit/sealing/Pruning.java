package io.sallyport.audit.sealing;

import io.sallyport.audit.seal.Cut;
import io.sallyport.audit.seal.Frontier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Removes the oldest rows of a realm, some at a time, and keeps what the rest is verified with. */
final class Pruning {

    static final int BATCH = 1000;

    private static final Logger LOG = Logger.getLogger(Pruning.class);

    private final Connection connection;
    private final Signing signing;

    Pruning(Connection connection, Signing signing) {
        this.connection = connection;
        this.signing = signing;
    }

    /**
     * What was done.
     *
     * @param from the position of the first row that is gone
     * @param to the position of the first row that is left
     */
    record Batch(long from, long to) {

        int rows() {
            return (int) (to - from);
        }
    }

    /**
     * Removes rows that are older and sealed, from the first one on up to one that is not; nothing if another node is at the
     * tree, or if there is nobody to sign.
     */
    Batch prune(String realmId, Instant olderThan, Instant now) throws SQLException {
        Trees trees = new Trees(connection);
        if (!trees.lock()) {
            return new Batch(0, 0);
        }
        Cuts cuts = new Cuts(connection);
        Optional<Cut> last = cuts.last(realmId);
        Frontier frontier = last.map(Cut::frontier).orElseGet(Frontier::empty);
        long from = frontier.size();
        // an unknown key is anybody's: who goes on from such a cut signs for what was removed before it
        if (last.isPresent() && signing.check(cuts.signed(realmId).orElse(""), last.get()) != Signing.Finding.GENUINE) {
            LOG.errorf(
                    "The audit trail of realm %s was cut at row %d, and none of the realm's keys signed that: nothing is removed",
                    realmId, from);
            return new Batch(from, from);
        }
        List<String> gone = new ArrayList<>();
        for (StoredLeaf row : rows(realmId, from)) {
            // one that comes before it and is not there, or was changed, is for the verifier to find
            if (row.position() != frontier.size() || !row.time().isBefore(olderThan)) {
                break;
            }
            if (!row.isAsSealed()) {
                LOG.errorf(
                        "Row %d of the audit trail of realm %s is not what was sealed: it is kept, with all after it",
                        row.position(), realmId);
                break;
            }
            frontier.append(row.leaf());
            gone.add(row.eventId());
        }
        if (gone.isEmpty()) {
            return new Batch(from, from);
        }
        Cut cut = new Cut(realmId, frontier, now);
        Optional<String> jws = signing.sign(cut);
        if (jws.isEmpty()) {
            return new Batch(from, from);
        }
        remove("DELETE FROM MFA_AUDIT_TENANT WHERE EVENT_ID = ?", gone);
        remove("DELETE FROM MFA_AUDIT WHERE EVENT_ID = ?", gone);
        cuts.save(cut, jws.get());
        return new Batch(from, frontier.size());
    }

    private List<StoredLeaf> rows(String realmId, long from) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + TrailColumns.ALL + StoredLeaf.COLUMNS
                + " FROM MFA_AUDIT A WHERE A.REALM_ID = ? AND A.LEAF_POSITION >= ? ORDER BY A.LEAF_POSITION FETCH FIRST "
                + BATCH + " ROWS ONLY")) {
            select.setString(1, realmId);
            select.setLong(2, from);
            List<StoredLeaf> rows = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows.add(StoredLeaf.read(found));
                }
            }
            return rows;
        }
    }

    private void remove(String sql, List<String> eventIds) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            for (String id : eventIds) {
                delete.setString(1, id);
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }
}
