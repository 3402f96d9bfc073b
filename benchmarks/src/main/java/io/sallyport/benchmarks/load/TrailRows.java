package io.sallyport.benchmarks.load;

import io.sallyport.journey.Database;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Rows of a trail as sign-ins leave them, and what became of them. */
record TrailRows(Database database, String realmId) {

    /** Each of another sign-in: users come back, sessions and requests don't. */
    private static final String ROWS = """
            INSERT INTO MFA_AUDIT (EVENT_ID, EVENT_CODE, EVENT_TYPE, REALM_ID, ACTOR_ID, USER_ID, CLIENT_ID, SESSION_ID, IP,
              USER_AGENT, METHOD, OUTCOME, RULE_ID, POLICY_VERSION, CORRELATION_ID, DETAILS, TIMESTAMP, LEAF_POSITION)
            SELECT gen_random_uuid()::text, CASE WHEN N % 50 = 0 THEN 10099 ELSE 10093 END,
              CASE WHEN N % 50 = 0 THEN 'auth.mfa_failed' ELSE 'auth.mfa_verified' END, ?, U.ID, U.ID, 'client-' || N % 20,
              gen_random_uuid()::text, '10.0.' || N % 200 || '.' || N % 7, 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0',
              CASE WHEN N % 10 = 0 THEN 'WEBAUTHN' ELSE 'TOTP' END, CASE WHEN N % 50 = 0 THEN 'FAILURE' ELSE 'SUCCESS' END,
              'rule-' || N % 30, 17, gen_random_uuid()::text, '{"mfa_policy_level":"GLOBAL"}', ? + N, :place
            FROM generate_series(1, ?) N, LATERAL (SELECT md5((N::bigint * 7919 % 100000)::text)::uuid::text ID) U""";

    /** That many at once, which wait for their seals. */
    void insert(int rows, long time) {
        database.update(ROWS.replace(":place", "NULL"), realmId, time, rows);
    }

    /** That many that have theirs, so that the indexes are as large as they will be. */
    void past(int rows) {
        database.update(ROWS.replace(":place", "N"), realmId, 1_600_000_000_000L, rows);
        database.update("ANALYZE MFA_AUDIT");
    }

    long waiting() {
        return count("SELECT count(*) AS N FROM MFA_AUDIT WHERE LEAF_POSITION IS NULL AND REALM_ID = ?");
    }

    long sealed() {
        return count("SELECT LEAVES AS N FROM MFA_AUDIT_TREE WHERE REALM_ID = ?");
    }

    long all() {
        return count("SELECT count(*) AS N FROM MFA_AUDIT WHERE REALM_ID = ?");
    }

    /** Whether each sealed row has a place of its own, and each place its row. */
    boolean hasNeitherForkNorGap() {
        return count("SELECT CASE WHEN count(*) = count(DISTINCT LEAF_POSITION) AND count(*) = max(LEAF_POSITION) + 1"
                        + " THEN 0 ELSE 1 END AS N FROM MFA_AUDIT WHERE REALM_ID = ?")
                == 0;
    }

    /** Asks the tree: who counts those that wait twenty times a second keeps the database busy with that. */
    void awaitSealed() {
        long all = all();
        while (sealed() < all) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private long count(String sql) {
        return database.rows(sql, realmId).stream()
                .mapToLong(row -> Long.parseLong(row.getOrDefault("N", "0")))
                .sum();
    }
}
