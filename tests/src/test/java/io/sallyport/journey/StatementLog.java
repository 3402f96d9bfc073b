package io.sallyport.journey;

import java.util.concurrent.Callable;

/**
 * The statements that PostgreSQL is sent, by its own log.
 *
 * @param database with {@code logging_collector} on
 */
record StatementLog(Database database) {

    /** How many queries it is sent meanwhile. */
    long of(Callable<?> call) throws Exception {
        database.update("ALTER SYSTEM SET log_statement = 'all'");
        database.rows("SELECT pg_reload_conf()");
        long before = logged();
        call.call();
        long during = logged() - before;
        database.update("ALTER SYSTEM RESET log_statement");
        database.rows("SELECT pg_reload_conf()");
        return during;
    }

    /** Waits until nobody else has a transaction. */
    void awaitQuiet() {
        boolean busy = true;
        while (busy) {
            busy = !database.rows("SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                            + " AND state <> 'idle' AND backend_type = 'client backend'")
                    .isEmpty();
        }
    }

    /** Without what fetches more rows of a statement that runs already. */
    private long logged() {
        return Long.parseLong(
                database.rows("SELECT count(*) AS N FROM regexp_matches(pg_read_file(pg_current_logfile()),"
                                + " 'execute (<unnamed>|S_[0-9]+)(/C_[0-9]+)?: select', 'g')")
                        .get(0)
                        .get("N"));
    }
}
