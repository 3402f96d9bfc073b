package io.sallyport.audit.reading;

import io.sallyport.audit.sealing.ErasedParts;
import io.sallyport.audit.sealing.TrailColumns;
import io.sallyport.event.AuditCursor;
import io.sallyport.event.AuditFilter;
import io.sallyport.event.AuditQuery;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The statements for one page of the trail. One filter is a range of its index. Of several one leads, and only so many of its rows
 * are looked at: together they may match next to nothing.
 */
final class PageSql {

    /** So many rows of the filter that leads are looked at for one page. */
    private static final int LOOK = 5_000;

    /** Between a row and its organizations lies a second table. */
    private static final int LOOK_FOR_TENANT = 1_500;

    private static final String SELECT = "SELECT " + TrailColumns.ALL + ErasedParts.COLUMNS + ", A.LEAF_POSITION";

    /** The rows behind those by which organizations find them. */
    private static final String WHOLE = " JOIN MFA_AUDIT A ON A.EVENT_ID = T.EVENT_ID";

    /** What the erasure of an actor takes away. */
    private static final Set<AuditFilter> OF_ACTOR =
            EnumSet.of(AuditFilter.ACTOR, AuditFilter.SESSION, AuditFilter.IP, AuditFilter.CORRELATION_ID);

    private final StringBuilder text = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    private PageSql() {}

    /** One row more than the page has, the newest first; with one filter or none. */
    static PageSql rows(String realmId, AuditQuery query) {
        PageSql sql = new PageSql();
        sql.text.append(SELECT);
        sql.range(realmId, query, query.filters().keySet().stream().findFirst(), WHOLE);
        sql.unerased(query);
        sql.ordered(query.filters().containsKey(AuditFilter.TENANT) ? "T" : "A");
        sql.text.append(" FETCH FIRST ").append(query.max() + 1).append(" ROWS ONLY");
        return sql;
    }

    /**
     * The same of those rows of one filter that are looked at, and of those that came since the edge was found; there is room
     * for as many again.
     *
     * @param edge the last of them; absent if there were fewer
     */
    static PageSql rows(String realmId, AuditQuery query, AuditFilter lead, Optional<AuditCursor> edge) {
        PageSql sql = new PageSql();
        String key = key(Optional.of(lead));
        sql.text.append(SELECT).append(" FROM (SELECT A.*");
        sql.range(realmId, query, Optional.of(lead), WHOLE);
        edge.ifPresent(last -> sql.beside(key, ">", last, ">="));
        sql.ordered(key);
        sql.text.append(" FETCH FIRST ").append(2 * look(query)).append(" ROWS ONLY) A WHERE 1 = 1");
        sql.unerased(query);
        query.filters().forEach((filter, value) -> sql.also(lead, filter, value));
        sql.ordered("A");
        sql.text.append(" FETCH FIRST ").append(query.max() + 1).append(" ROWS ONLY");
        return sql;
    }

    /** How far back one filter's rows reach that would be looked at; nothing if there are not as many. */
    static PageSql reach(String realmId, AuditQuery query, AuditFilter lead) {
        PageSql sql = new PageSql();
        String key = key(Optional.of(lead));
        sql.text.append("SELECT ").append(key).append(".TIMESTAMP");
        sql.range(realmId, query, Optional.of(lead), "");
        sql.text.append(" ORDER BY ").append(key).append(".TIMESTAMP DESC");
        sql.last(query);
        return sql;
    }

    /** The last row that was looked at; nothing if there are no more. */
    static PageSql edge(String realmId, AuditQuery query, AuditFilter lead) {
        PageSql sql = new PageSql();
        String key = key(Optional.of(lead));
        sql.text
                .append("SELECT ")
                .append(key)
                .append(".TIMESTAMP, ")
                .append(key)
                .append(".EVENT_ID");
        sql.range(realmId, query, Optional.of(lead), "");
        sql.ordered(key);
        sql.last(query);
        return sql;
    }

    String text() {
        return text.toString();
    }

    void bind(PreparedStatement statement) throws SQLException {
        for (int at = 0; at < values.size(); at++) {
            statement.setObject(at + 1, values.get(at));
        }
    }

    /** Equal values first, then the time, as the indexes have it. */
    private void range(String realmId, AuditQuery query, Optional<AuditFilter> lead, String whole) {
        String key = key(lead);
        text.append(key.equals("T") ? " FROM MFA_AUDIT_TENANT T" + whole : " FROM MFA_AUDIT A");
        add(" WHERE " + key + ".REALM_ID = ?", realmId);
        lead.ifPresent(filter -> add(
                " AND " + column(filter) + " = ?", value(filter, query.filters().getOrDefault(filter, ""))));
        query.from().ifPresent(from -> add(" AND " + key + ".TIMESTAMP >= ?", from.toEpochMilli()));
        query.to().ifPresent(to -> add(" AND " + key + ".TIMESTAMP < ?", to.toEpochMilli()));
        query.after().ifPresent(last -> beside(key, "<", last, "<"));
    }

    /** What stands where a part was erased is nobody's: as its readers are not shown it, it is not found by it. */
    private void unerased(AuditQuery query) {
        if (query.filters().containsKey(AuditFilter.USER)) {
            text.append(" AND A.SUBJECT_HASH IS NULL");
        }
        if (!Collections.disjoint(query.filters().keySet(), OF_ACTOR)) {
            text.append(" AND A.ACTOR_HASH IS NULL");
        }
    }

    /** On one side of a place: by the time, and in the same millisecond by the id. */
    private void beside(String key, String side, AuditCursor place, String sameTime) {
        long time = place.time().toEpochMilli();
        // the range first: an alternative alone is no range of an index
        add(" AND " + key + ".TIMESTAMP " + side + "= ?", time);
        add(" AND (" + key + ".TIMESTAMP " + side + " ?", time);
        add(" OR " + key + ".EVENT_ID " + sameTime + " ?)", place.eventId());
    }

    private void ordered(String key) {
        text.append(" ORDER BY ")
                .append(key)
                .append(".TIMESTAMP DESC, ")
                .append(key)
                .append(".EVENT_ID DESC");
    }

    /** Of those that are looked at. */
    private void last(AuditQuery query) {
        text.append(" OFFSET ").append(look(query) - 1).append(" ROWS FETCH NEXT 1 ROWS ONLY");
    }

    private static int look(AuditQuery query) {
        return query.filters().containsKey(AuditFilter.TENANT) ? LOOK_FOR_TENANT : LOOK;
    }

    private void also(AuditFilter lead, AuditFilter filter, String value) {
        if (filter == AuditFilter.TENANT && lead != filter) {
            add(
                    " AND EXISTS (SELECT 1 FROM MFA_AUDIT_TENANT T WHERE T.REALM_ID = A.REALM_ID AND T.TENANT_ID = ?"
                            + " AND T.TIMESTAMP = A.TIMESTAMP AND T.EVENT_ID = A.EVENT_ID)",
                    value);
        } else if (lead != filter) {
            add(" AND " + column(filter) + " = ?", value(filter, value));
        }
    }

    private void add(String condition, Object value) {
        text.append(condition);
        values.add(value);
    }

    private static String key(Optional<AuditFilter> lead) {
        return lead.filter(AuditFilter.TENANT::equals).isPresent() ? "T" : "A";
    }

    private static String column(AuditFilter filter) {
        return switch (filter) {
            case EVENT_ID -> "A.EVENT_ID";
            case USER -> "A.USER_ID";
            case ACTOR -> "A.ACTOR_ID";
            case TYPE -> "A.EVENT_CODE";
            case METHOD -> "A.METHOD";
            case OUTCOME -> "A.OUTCOME";
            case CLIENT -> "A.CLIENT_ID";
            case SESSION -> "A.SESSION_ID";
            case TENANT -> "T.TENANT_ID";
            case IP -> "A.IP";
            case RULE -> "A.RULE_ID";
            case CORRELATION_ID -> "A.CORRELATION_ID";
        };
    }

    private static Object value(AuditFilter filter, String value) {
        return filter == AuditFilter.TYPE ? (Object) Integer.valueOf(value) : value;
    }
}
