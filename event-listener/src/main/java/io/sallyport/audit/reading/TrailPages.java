package io.sallyport.audit.reading;

import io.sallyport.audit.sealing.TrailColumns;
import io.sallyport.event.AuditCursor;
import io.sallyport.event.AuditPage;
import io.sallyport.event.AuditQuery;
import io.sallyport.event.TooWide;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the trail of a realm page by page; what a row calls its type counts, also if this version does not know it. */
public final class TrailPages {

    /** Seconds. A page that is a range of an index takes milliseconds; filters that match next to nothing may look at all. */
    private static final int PATIENCE = 10;

    private final Connection connection;
    private final String realmId;

    public TrailPages(Connection connection, String realmId) {
        this.connection = connection;
        this.realmId = realmId;
    }

    /**
     * One page.
     *
     * @throws TooWide if the database took too long
     */
    public AuditPage page(AuditQuery query) throws SQLException {
        PageSql sql = new PageSql(realmId, query);
        try (PreparedStatement select = connection.prepareStatement(sql.text())) {
            select.setQueryTimeout(PATIENCE);
            sql.bind(select);
            List<Map<String, String>> rows = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    Map<String, String> row = TrailColumns.read(found);
                    Optional.ofNullable(found.getString("LEAF_POSITION"))
                            .ifPresent(place -> row.put("position", place));
                    rows.add(row);
                }
            }
            boolean more = rows.size() > query.max();
            List<Map<String, String>> page = more ? rows.subList(0, query.max()) : rows;
            return new AuditPage(
                    page.stream().map(RowJson::of).toList(),
                    Optional.of(page).filter(all -> more).map(all -> place(all.get(all.size() - 1))));
        } catch (SQLException failure) {
            if (failure instanceof SQLTimeoutException || "57014".equals(failure.getSQLState())) {
                throw new TooWide();
            }
            throw failure;
        }
    }

    private static AuditCursor place(Map<String, String> row) {
        return new AuditCursor(
                Instant.ofEpochMilli(Long.parseLong(row.getOrDefault("timestamp", "0"))),
                row.getOrDefault("event_id", ""));
    }
}
