package io.sallyport.benchmarks.load;

import io.sallyport.journey.Database;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The statements that PostgreSQL runs for one server, without those that begin and end transactions.
 *
 * @param database with pg_stat_statements
 * @param name of the server's database
 */
record Statements(Database database, String name) {

    private static final String COUNTED =
            " FROM pg_stat_statements JOIN pg_database d ON d.oid = dbid WHERE datname = ?";

    /** Forgets what was counted. */
    void reset() {
        database.rows("SELECT pg_stat_statements_reset()");
    }

    /** What the processes behind the server's connections have used so far. */
    Duration processorTime() {
        return database.rows("SELECT pid FROM pg_stat_activity WHERE datname = ?", name).stream()
                .flatMap(row -> ProcessHandle.of(Long.parseLong(row.getOrDefault("PID", "0"))).stream())
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Each with its number, the most frequent first. */
    Map<String, Long> each() {
        List<Map<String, String>> rows = database.rows(
                "SELECT query, sum(calls) AS N" + COUNTED + " GROUP BY query ORDER BY N DESC, query", name);
        Map<String, Long> each = new LinkedHashMap<>();
        rows.forEach(row -> each.put(row.getOrDefault("QUERY", ""), Long.parseLong(row.getOrDefault("N", "0"))));
        return each;
    }
}
