package io.sallyport.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.journey.AdminApi;
import io.sallyport.journey.Database;
import io.sallyport.journey.Installation;
import io.sallyport.journey.Trees;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The first page and a later one of a long trail, by each filter, over HTTP on PostgreSQL. */
final class ReadTrail {

    private static final String REALM = "trail";
    private static final int TIMES = 20;

    /** As a year of sign-ins has them: many users, few of most other things, and one row in fifty failed. */
    private static final String ROWS = """
            INSERT INTO MFA_AUDIT (EVENT_ID, EVENT_CODE, EVENT_TYPE, REALM_ID, TENANT, ACTOR_ID, USER_ID, CLIENT_ID, SESSION_ID, IP,
              METHOD, OUTCOME, RULE_ID, CORRELATION_ID, DETAILS, TIMESTAMP, LEAF_POSITION)
            SELECT gen_random_uuid()::text, CASE WHEN N % 50 = 0 THEN 10099 ELSE 10093 END,
              CASE WHEN N % 50 = 0 THEN 'auth.mfa_failed' ELSE 'auth.mfa_verified' END, ?, 'org-' || N % 100, 'user-' || N % 100000,
              'user-' || N % 100000, 'client-' || N % 20, 'session-' || N / 3, '10.0.' || N % 200 || '.1',
              CASE WHEN N % 10 = 0 THEN 'WEBAUTHN' ELSE 'TOTP' END, CASE WHEN N % 50 = 0 THEN 'FAILURE' ELSE 'SUCCESS' END,
              'rule-' || N % 30, 'request-' || N, '{}', 1760000000000 + N * 3000::bigint, 1000000 + N
            FROM generate_series(1, ?) N""";

    private static final List<String> FILTERS = List.of(
            "",
            "user=user-77",
            "actor=user-77",
            "type=auth.mfa_failed",
            "method=WEBAUTHN",
            "outcome=FAILURE",
            "client=client-7",
            "session=session-777",
            "tenant=org-7",
            "ip=10.0.7.1",
            "rule=rule-7",
            "correlation_id=request-777",
            "user=user-77&outcome=FAILURE",
            "client=client-7&method=WEBAUTHN&type=auth.mfa_failed",
            "client=nobody");

    private ReadTrail() {}

    /** {@code [rows]}. */
    public static void main(String[] arguments) throws Exception {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000_000;
        Installation installation = Installation.find();
        Path homes = installation.root().resolve("benchmarks/target/trail");
        Path data = homes.resolve("postgres");
        Trees.delete(data);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                        .start();
                LoadServer server = LoadServer.ours(homes.resolve("trail"), installation, postgres)) {
            AdminApi admin = server.keycloak().admin();
            admin.post("", Map.of("realm", REALM, "enabled", true));
            write(server.keycloak().database(), admin.get(REALM).path("id").asText(), rows);
            for (String filter : FILTERS) {
                print(admin, filter);
            }
        }
    }

    private static void write(Database database, String realmId, int rows) {
        database.update(ROWS, realmId, rows);
        database.update("INSERT INTO MFA_AUDIT_TENANT (REALM_ID, TENANT_ID, TIMESTAMP, EVENT_ID)"
                + " SELECT REALM_ID, TENANT, TIMESTAMP, EVENT_ID FROM MFA_AUDIT WHERE TENANT IS NOT NULL");
        database.update("ANALYZE MFA_AUDIT");
        database.update("ANALYZE MFA_AUDIT_TENANT");
    }

    private static void print(AdminApi admin, String filter) {
        Latencies first = new Latencies();
        Latencies second = new Latencies();
        String path = REALM + "/mfa/audit?max=100&" + filter;
        JsonNode page = admin.get(path);
        for (int time = 0; time < TIMES; time++) {
            measure(admin, path, first);
            if (page.has("next")) {
                measure(admin, path + "&cursor=" + page.path("next").asText(), second);
            }
        }
        System.out.printf(
                "%-55s %5d rows  first page p50 %7.1f ms, worst %7.1f ms%s%n",
                filter.isEmpty() ? "(all)" : filter,
                page.path("rows").size(),
                first.percentile(0.5),
                first.percentile(1),
                second.size() > 0 ? "; next page p50 %7.1f ms".formatted(second.percentile(0.5)) : "");
    }

    private static void measure(AdminApi admin, String path, Latencies latencies) {
        long begun = System.nanoTime();
        boolean succeeded = admin.tryGet(path).status() == 200;
        latencies.add(System.nanoTime() - begun, succeeded);
    }
}
