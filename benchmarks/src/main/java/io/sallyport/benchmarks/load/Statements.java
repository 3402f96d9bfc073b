package io.sallyport.benchmarks.load;

import io.sallyport.journey.Database;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The statements that PostgreSQL runs for one server, and the transactions that it begins, each of them counted apart.
 *
 * @param database with pg_stat_statements
 * @param name of the server's database
 */
record Statements(Database database, String name) {

    private static final String COUNTED =
            " FROM pg_stat_statements JOIN pg_database d ON d.oid = dbid WHERE datname = ?";

    /** What is no statement but the frame of others. */
    private static final String FRAME = "^(BEGIN|COMMIT|ROLLBACK|SET|SHOW|RESET|DISCARD)";

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
                "SELECT query, sum(calls) AS N" + COUNTED + " AND query !~* ? GROUP BY query ORDER BY N DESC, query",
                name,
                FRAME);
        Map<String, Long> each = new LinkedHashMap<>();
        rows.forEach(row -> each.put(row.getOrDefault("QUERY", ""), Long.parseLong(row.getOrDefault("N", "0"))));
        return each;
    }

    /** How many transactions were begun, those that only read among them; of commits PostgreSQL 17 counts only the first by name. */
    long transactions() {
        return frames("^BEGIN");
    }

    /** How many of them did not wait for the disk, because Keycloak said so. */
    long asynchronous() {
        return frames("^SET.*synchronous_commit");
    }

    private long frames(String pattern) {
        return Long.parseLong(
                database.rows("SELECT coalesce(sum(calls), 0) AS N" + COUNTED + " AND query ~* ?", name, pattern)
                        .get(0)
                        .getOrDefault("N", "0"));
    }
}
