package io.sallyport.audit.reading;

import io.sallyport.audit.sealing.ErasedParts;
import io.sallyport.audit.sealing.TrailColumns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Rows of single events, as others are told of them: without their place in the trail, which they get later. */
public final class EventRows {

    private static final Logger LOG = Logger.getLogger(EventRows.class);

    private EventRows() {}

    /**
     * The rows of these events, in no order; of an event without a row, or with one that can't be read, there is none.
     *
     * @param reader makes of a row what is wanted
     */
    public static <T> List<T> of(Connection connection, List<String> eventIds, Function<Map<String, Object>, T> reader)
            throws SQLException {
        String ids = String.join(", ", Collections.nCopies(eventIds.size(), "?"));
        try (PreparedStatement select = connection.prepareStatement("SELECT " + TrailColumns.ALL + ErasedParts.COLUMNS
                + " FROM MFA_AUDIT A WHERE A.EVENT_ID IN (" + ids + ")")) {
            for (int at = 0; at < eventIds.size(); at++) {
                select.setString(at + 1, eventIds.get(at));
            }
            List<T> rows = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    Map<String, String> row = TrailColumns.read(found);
                    ErasedParts.hide(row, found);
                    read(row, reader).ifPresent(rows::add);
                }
            }
            return rows;
        }
    }

    /** One that somebody has broken keeps no other from being read. */
    private static <T> Optional<T> read(Map<String, String> columns, Function<Map<String, Object>, T> reader) {
        try {
            return Optional.of(reader.apply(RowJson.of(columns)));
        } catch (RuntimeException broken) {
            LOG.errorf(broken, "Row %s of the audit trail can't be read", columns.get("event_id"));
            return Optional.empty();
        }
    }
}
