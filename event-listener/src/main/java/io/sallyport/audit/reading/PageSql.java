package io.sallyport.audit.reading;

import io.sallyport.audit.sealing.TrailColumns;
import io.sallyport.event.AuditFilter;
import io.sallyport.event.AuditQuery;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The statement for one page of the trail: equal values first, then the time, as the indexes have it. */
final class PageSql {

    private final StringBuilder text = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    PageSql(String realmId, AuditQuery query) {
        boolean byTenant = query.filters().containsKey(AuditFilter.TENANT);
        String key = byTenant ? "T" : "A";
        text.append("SELECT ").append(TrailColumns.ALL).append(", A.LEAF_POSITION FROM ");
        text.append(byTenant ? "MFA_AUDIT_TENANT T JOIN MFA_AUDIT A ON A.EVENT_ID = T.EVENT_ID" : "MFA_AUDIT A");
        add(" WHERE " + key + ".REALM_ID = ?", realmId);
        query.filters().forEach((filter, value) -> add(" AND " + column(filter) + " = ?", value(filter, value)));
        query.from().ifPresent(from -> add(" AND " + key + ".TIMESTAMP >= ?", from.toEpochMilli()));
        query.to().ifPresent(to -> add(" AND " + key + ".TIMESTAMP < ?", to.toEpochMilli()));
        query.after().ifPresent(last -> {
            long time = last.time().toEpochMilli();
            // the range first: an alternative alone is no range of an index
            add(" AND " + key + ".TIMESTAMP <= ?", time);
            add(" AND (" + key + ".TIMESTAMP < ?", time);
            add(" OR " + key + ".EVENT_ID < ?)", last.eventId());
        });
        text.append(" ORDER BY ").append(key).append(".TIMESTAMP DESC, ").append(key);
        text.append(".EVENT_ID DESC FETCH FIRST ").append(query.max() + 1).append(" ROWS ONLY");
    }

    String text() {
        return text.toString();
    }

    void bind(PreparedStatement statement) throws SQLException {
        for (int at = 0; at < values.size(); at++) {
            statement.setObject(at + 1, values.get(at));
        }
    }

    private void add(String condition, Object value) {
        text.append(condition);
        values.add(value);
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
