package io.sallyport.journey;

import java.util.concurrent.Callable;

/**
 * The statements that PostgreSQL runs for a call.
 *
 * @param database with {@code pg_stat_statements}
 */
record StatementCount(Database database) {

    private static final int TIMES = 7;

    /** The fewest of several calls: what the server does beside them every second is not theirs. */
    long of(Callable<?> call) throws Exception {
        database.update("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        call.call();
        long fewest = Long.MAX_VALUE;
        for (int i = 0; i < TIMES; i++) {
            long before = counted();
            call.call();
            fewest = Math.min(fewest, counted() - before);
        }
        return fewest;
    }

    private long counted() {
        return Long.parseLong(database.rows("SELECT coalesce(sum(calls), 0) AS N FROM pg_stat_statements"
                        + " WHERE query NOT LIKE '%pg_stat_statements%' AND query ILIKE 'select%'")
                .get(0)
                .get("N"));
    }
}
