package io.sallyport.audit.reading;

import io.sallyport.audit.sealing.TrailColumns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Rows of single events, as others are told of them: without their place in the trail, which they get later. */
public final class EventRows {

    private EventRows() {}

    /** The rows of these events, in no order; of an event without a row there is none. */
    public static List<Map<String, Object>> of(Connection connection, List<String> eventIds) throws SQLException {
        String ids = String.join(", ", Collections.nCopies(eventIds.size(), "?"));
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT " + TrailColumns.ALL + " FROM MFA_AUDIT A WHERE A.EVENT_ID IN (" + ids + ")")) {
            for (int at = 0; at < eventIds.size(); at++) {
                select.setString(at + 1, eventIds.get(at));
            }
            List<Map<String, Object>> rows = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows.add(RowJson.of(TrailColumns.read(found)));
                }
            }
            return rows;
        }
    }
}
