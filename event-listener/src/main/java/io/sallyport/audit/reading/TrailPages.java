package io.sallyport.audit.reading;

import io.sallyport.audit.sealing.ErasedParts;
import io.sallyport.audit.sealing.TrailColumns;
import io.sallyport.event.AuditCursor;
import io.sallyport.event.AuditFilter;
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
import java.util.OptionalLong;
import java.util.TreeSet;

/** Reads the trail of a realm page by page; what a row calls its type counts, also if this version does not know it. */
public final class TrailPages {

    /** Seconds. A page takes milliseconds; a database that can't find it by an index is stopped. */
    private static final int PATIENCE = 10;

    private final Connection connection;
    private final String realmId;

    public TrailPages(Connection connection, String realmId) {
        this.connection = connection;
        this.realmId = realmId;
    }

    /**
     * One page. By several filters it may have fewer rows than it could, or none, and still go on.
     *
     * @throws TooWide if the database took too long
     */
    public AuditPage page(AuditQuery query) throws SQLException {
        try {
            Optional<AuditFilter> lead = lead(query);
            // the edge first, and all down to it: rows that come in between are on this page, and shift no border
            Optional<AuditCursor> edge =
                    lead.isPresent() ? edge(PageSql.edge(realmId, query, lead.get())) : Optional.empty();
            List<Map<String, String>> rows = rows(
                    query,
                    lead.map(first -> PageSql.rows(realmId, query, first, edge))
                            .orElseGet(() -> PageSql.rows(realmId, query)));
            if (rows.size() <= query.max()) {
                return page(rows, edge);
            }
            List<Map<String, String>> page = rows.subList(0, query.max());
            return page(page, Optional.of(place(page.get(page.size() - 1))));
        } catch (SQLException failure) {
            if (failure instanceof SQLTimeoutException || "57014".equals(failure.getSQLState())) {
                throw new TooWide();
            }
            throw failure;
        }
    }

    private static AuditPage page(List<Map<String, String>> rows, Optional<AuditCursor> next) {
        return new AuditPage(rows.stream().map(RowJson::of).toList(), next);
    }

    /** Of several filters the one with the fewest rows, as far as that is seen at once; none of one. */
    private Optional<AuditFilter> lead(AuditQuery query) throws SQLException {
        Optional<AuditFilter> lead = Optional.empty();
        long furthest = Long.MAX_VALUE;
        if (query.filters().size() > 1) {
            for (AuditFilter filter : new TreeSet<>(query.filters().keySet())) {
                OptionalLong reach = reach(PageSql.reach(realmId, query, filter));
                if (reach.isEmpty()) {
                    return Optional.of(filter);
                }
                if (lead.isEmpty() || reach.getAsLong() < furthest) {
                    lead = Optional.of(filter);
                    furthest = reach.getAsLong();
                }
            }
        }
        return lead;
    }

    private OptionalLong reach(PageSql sql) throws SQLException {
        try (PreparedStatement select = statement(sql);
                ResultSet found = select.executeQuery()) {
            return found.next() ? OptionalLong.of(found.getLong(1)) : OptionalLong.empty();
        }
    }

    private Optional<AuditCursor> edge(PageSql sql) throws SQLException {
        try (PreparedStatement select = statement(sql);
                ResultSet found = select.executeQuery()) {
            return found.next()
                    ? Optional.of(new AuditCursor(Instant.ofEpochMilli(found.getLong(1)), found.getString(2)))
                    : Optional.empty();
        }
    }

    private List<Map<String, String>> rows(AuditQuery query, PageSql sql) throws SQLException {
        List<Map<String, String>> rows = new ArrayList<>(query.max() + 1);
        try (PreparedStatement select = statement(sql);
                ResultSet found = select.executeQuery()) {
            while (found.next()) {
                Map<String, String> row = TrailColumns.read(found);
                ErasedParts.hide(row, found);
                Optional.ofNullable(found.getString("LEAF_POSITION")).ifPresent(place -> row.put("position", place));
                rows.add(row);
            }
        }
        return rows;
    }

    @SuppressWarnings("resource") // closed by whoever runs it
    private PreparedStatement statement(PageSql sql) throws SQLException {
        PreparedStatement select = connection.prepareStatement(sql.text());
        select.setQueryTimeout(PATIENCE);
        sql.bind(select);
        return select;
    }

    private static AuditCursor place(Map<String, String> row) {
        return new AuditCursor(
                Instant.ofEpochMilli(Long.parseLong(row.getOrDefault("timestamp", "0"))),
                row.getOrDefault("event_id", ""));
    }
}
