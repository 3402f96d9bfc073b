package io.sallyport.journey;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The statements that PostgreSQL runs in one of its databases, counted by itself.
 *
 * @param database with {@code pg_stat_statements}
 */
record StatementCount(Database database) {

    private static final int TIMES = 7;

    /** What begins and ends transactions. */
    private static final Pattern FRAME = Pattern.compile("^(BEGIN|COMMIT|ROLLBACK|SET|SHOW|RESET|DISCARD)");

    /**
     * What the server does every second or so, for nobody: the sealer, the outbox, locks that are yet to be told, the cluster,
     * the list of realms; and what one request does every five seconds for all: it looks whether settings or policy have changed.
     */
    private static final Pattern BY_THE_CLOCK = Pattern.compile(
            "LEAF_POSITION|MFA_AUDIT_(SEALER|TREE|CHECKPOINT|CUT)|MFA_OUTBOX|MFA_RULE_REPORT|MFA_EXCEPTION_REMINDER|MFA_UNTOLD_LOCK"
                    + "|MFA_POLICY_REVISION|from MFA_SETTING|JGROUPS_PING|^select \\S+ from REALM \\S+$");

    static StatementCount in(Database database) {
        database.update("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        return new StatementCount(database);
    }

    /** The reading statements of a call that everybody makes in the same way, once it is no more the first. */
    long reading(Runnable call) {
        call.run();
        List<Calls> all = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            all.add(during(call));
        }
        return Calls.least(all).reads();
    }

    /** What is sent meanwhile. */
    Calls during(Runnable call) {
        database.rows("SELECT pg_stat_statements_reset()");
        call.run();
        Map<String, Long> counted = new HashMap<>();
        Map<String, String> texts = new HashMap<>();
        // by its number: the text has its constants or not, as it was first seen
        database.rows("SELECT queryid AS ID, query, calls FROM pg_stat_statements"
                        + " WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())"
                        + " AND query NOT LIKE '%pg_stat_statements%'")
                .forEach(row -> {
                    counted.merge(
                            row.getOrDefault("ID", ""), Long.parseLong(row.getOrDefault("CALLS", "0")), Long::sum);
                    texts.put(row.getOrDefault("ID", ""), row.getOrDefault("QUERY", ""));
                });
        return new Calls(counted, texts);
    }

    /**
     * What was sent in the time of one call.
     *
     * @param counted how often each statement was
     * @param texts of the statements
     */
    record Calls(Map<String, Long> counted, Map<String, String> texts) {

        /** What is in all of them: what else is done now and then is in some. */
        static Calls least(List<Calls> all) {
            Map<String, Long> least = new HashMap<>(all.get(0).counted);
            all.forEach(
                    one -> least.replaceAll((query, before) -> Math.min(before, one.counted.getOrDefault(query, 0L))));
            return new Calls(least, all.get(0).texts);
        }

        /** Whether nothing was done meanwhile that is done by the clock. */
        boolean undisturbed() {
            return texts.values().stream()
                    .noneMatch(text -> BY_THE_CLOCK.matcher(text).find());
        }

        long statements() {
            return sum(text -> !FRAME.matcher(text).find());
        }

        /** Those that change nothing; a call may be on the record, too. */
        long reads() {
            return sum(text -> text.regionMatches(true, 0, "select", 0, "select".length()));
        }

        /** By their beginnings: PostgreSQL 17 counts a prepared COMMIT only once. */
        long transactions() {
            return sum(text -> text.startsWith("BEGIN"));
        }

        private long sum(Predicate<String> which) {
            return counted.entrySet().stream()
                    .filter(call -> which.test(texts.getOrDefault(call.getKey(), "")))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }

        @Override
        public String toString() {
            StringBuilder list = new StringBuilder();
            counted.forEach((query, n) -> list.append(n > 0 ? n + " × " + texts.get(query) + '\n' : ""));
            return list.toString();
        }
    }
}
