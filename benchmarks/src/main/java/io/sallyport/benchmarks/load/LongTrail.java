package io.sallyport.benchmarks.load;

import io.sallyport.journey.Database;
import java.util.List;
import java.util.Map;

/** A trail of very many rows, as years of sign-ins have them, put into the database without its server. */
final class LongTrail {

    /** The oldest rows say what no later one says. */
    static final int OLDEST = 60;

    /** One row in so many says what hardly any other says. */
    static final int RARE = 200_000;

    private static final long BEGIN = 1_600_000_000_000L;
    private static final long STEP = 3_000L;

    /** Many users, few of most other things, one row in fifty failed; and in each column something that is rare, and something that is old. */
    private static final String ROWS = """
            INSERT INTO MFA_AUDIT (EVENT_ID, EVENT_CODE, EVENT_TYPE, REALM_ID, TENANT, ACTOR_ID, USER_ID, CLIENT_ID, SESSION_ID, IP,
              METHOD, OUTCOME, RULE_ID, CORRELATION_ID, DETAILS, TIMESTAMP, LEAF_POSITION)
            SELECT gen_random_uuid()::text,
              CASE WHEN N <= 60 THEN 10113 WHEN N %% 200000 = 7 THEN 10083 WHEN N %% 50 = 0 THEN 10099 ELSE 10093 END,
              'auth.mfa_measured', ?, 'org-' || S, 'user-' || U, 'user-' || U, 'client-' || C, 'session-' || K, '10.0.' || I || '.1',
              CASE WHEN N <= 60 THEN 'TEMPORARY_PASS' WHEN N %% 200000 = 7 THEN 'SMS_OTP' WHEN N %% 10 = 0 THEN 'WEBAUTHN' ELSE 'TOTP' END,
              CASE WHEN N %% 50 = 0 THEN 'FAILURE' ELSE 'SUCCESS' END, 'rule-' || R, 'request-' || Q, '{}', %d + N * %d::bigint, 1000000 + N
            FROM (SELECT N,
                CASE WHEN N <= 60 THEN 'old' WHEN N %% 200000 = 7 THEN 'rare' ELSE (N %% 100)::text END AS S,
                CASE WHEN N <= 60 THEN 'old' WHEN N %% 200000 = 7 THEN 'rare' ELSE (N %% 100000)::text END AS U,
                CASE WHEN N <= 60 THEN 'old' WHEN N %% 200000 = 7 THEN 'rare' ELSE (N %% 20)::text END AS C,
                CASE WHEN N <= 60 THEN 'old' ELSE (N / 3)::text END AS K,
                CASE WHEN N <= 60 THEN 'old' WHEN N %% 200000 = 7 THEN 'rare' ELSE (N %% 200)::text END AS I,
                CASE WHEN N <= 60 THEN 'old' WHEN N %% 200000 = 7 THEN 'rare' ELSE (N %% 30)::text END AS R,
                CASE WHEN N <= 60 THEN 'old' ELSE N::text END AS Q
              FROM generate_series(1, ?) N) X""".formatted(BEGIN, STEP);

    private final Database database;
    private final int rows;

    LongTrail(Database database, int rows) {
        this.database = database;
        this.rows = rows;
    }

    /** Writes it; indexes are made afterwards, which takes a fraction of the time. */
    void write(String realmId) {
        List<Map<String, String>> indexes = database.rows("SELECT indexname, indexdef FROM pg_indexes"
                + " WHERE tablename = 'mfa_audit' AND indexname NOT LIKE 'pk_%'");
        indexes.forEach(index -> database.update("DROP INDEX " + index.get("INDEXNAME")));
        database.update(ROWS, realmId, rows);
        indexes.forEach(index -> database.update(index.getOrDefault("INDEXDEF", "")));
        database.update("INSERT INTO MFA_AUDIT_TENANT (REALM_ID, TENANT_ID, TIMESTAMP, EVENT_ID)"
                + " SELECT REALM_ID, TENANT, TIMESTAMP, EVENT_ID FROM MFA_AUDIT WHERE TENANT IS NOT NULL");
        database.update("VACUUM ANALYZE MFA_AUDIT"); // as it is left alone for a while
        database.update("VACUUM ANALYZE MFA_AUDIT_TENANT");
    }

    /** The time in its middle, as milliseconds. */
    long middle() {
        return BEGIN + rows / 2 * STEP;
    }
}
