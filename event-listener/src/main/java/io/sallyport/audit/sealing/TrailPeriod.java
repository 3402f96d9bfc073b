package io.sallyport.audit.sealing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The rows of some time with their seals, page by page, the oldest first: what the realm signed when that time was over, and after each
 * page what shows that its rows are in that.
 */
public final class TrailPeriod {

    private final Connection connection;
    private final Consumer<Map<String, Object>> to;

    public TrailPeriod(Connection connection, Consumer<Map<String, Object>> to) {
        this.connection = connection;
        this.to = to;
    }

    /** Writes the rows from the first instant on, up to the end, which is too late. */
    public void write(String realmId, Instant from, Instant end) throws SQLException {
        PeriodProofs proofs = new PeriodProofs(connection, realmId, end);
        proofs.signed().ifPresent(checkpoint -> to.accept(Map.of("checkpoint", checkpoint.jws())));
        Place at = new Place(from.toEpochMilli(), "");
        List<Placed> page;
        do {
            page = page(realmId, at, end.toEpochMilli(), proofs.size());
            SortedSet<Long> sealed = new TreeSet<>();
            for (Placed row : page) {
                at = row.place();
                to.accept(row.line());
                if (row.line().get("position") instanceof Long position) {
                    sealed.add(position);
                }
            }
            proofs.of(sealed).ifPresent(proof -> to.accept(Map.of("proof", proof)));
        } while (page.size() == ExportLine.PAGE);
    }

    /** @param size of what is signed; whatever has no place in it must be new */
    private List<Placed> page(String realmId, Place after, long end, long size) throws SQLException {
        // the range first: an alternative alone is no range of an index
        try (PreparedStatement select = connection.prepareStatement(ExportLine.ROWS
                + "A.TIMESTAMP >= ? AND A.TIMESTAMP < ? AND (A.TIMESTAMP > ? OR A.EVENT_ID > ?)"
                + " ORDER BY A.TIMESTAMP, A.EVENT_ID FETCH FIRST " + ExportLine.PAGE + " ROWS ONLY")) {
            select.setString(1, realmId);
            select.setLong(2, after.time());
            select.setLong(3, end);
            select.setLong(4, after.time());
            select.setString(5, after.eventId());
            List<Placed> rows = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    boolean sealed = found.getString("LEAF_POSITION") != null && found.getLong("LEAF_POSITION") < size;
                    rows.add(new Placed(
                            new Place(found.getLong("TIMESTAMP"), found.getString("EVENT_ID")),
                            sealed ? ExportLine.sealed(found) : ExportLine.unsealed(found)));
                }
            }
            return rows;
        }
    }

    private record Place(long time, String eventId) {}

    private record Placed(Place place, Map<String, Object> line) {}
}
