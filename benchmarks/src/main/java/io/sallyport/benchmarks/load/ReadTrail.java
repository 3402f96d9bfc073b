package io.sallyport.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.journey.AdminApi;
import io.sallyport.journey.Installation;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Pages of a long trail over HTTP on PostgreSQL: by each filter, by pairs of them, at the beginning and deep inside. */
final class ReadTrail {

    private static final String REALM = "trail";
    private static final int TIMES = 25;
    private static final int WARM_UP = 5;
    private static final double BAR = 100;

    private static final List<String> FREQUENT = List.of(
            "user=user-77",
            "actor=user-77",
            "type=auth.mfa_verified",
            "type=auth.mfa_failed",
            "method=TOTP",
            "method=WEBAUTHN",
            "outcome=SUCCESS",
            "outcome=FAILURE",
            "client=client-7",
            "session=session-777",
            "tenant=org-7",
            "ip=10.0.7.1",
            "rule=rule-7",
            "correlation_id=request-777");

    private static final List<String> RARE = List.of(
            "user=user-rare",
            "type=10083",
            "method=SMS_OTP",
            "client=client-rare",
            "tenant=org-rare",
            "ip=10.0.rare.1",
            "rule=rule-rare");

    private static final List<String> OLD = List.of(
            "user=user-old",
            "actor=user-old",
            "type=10113",
            "method=TEMPORARY_PASS",
            "client=client-old",
            "session=session-old",
            "tenant=org-old",
            "ip=10.0.old.1",
            "rule=rule-old",
            "correlation_id=request-old");

    private static final List<String> NOTHING = List.of(
            "client=nobody",
            "user=nobody",
            "tenant=nobody",
            "ip=nobody",
            "method=EMAIL_CODE",
            "from=2100-01-01T00:00:00Z");

    /** Of those that are frequent by themselves and never meet, of those that meet in the oldest rows alone, and of those that often meet. */
    private static final List<String> PAIRS = List.of(
            "outcome=FAILURE&method=TOTP",
            "type=auth.mfa_verified&outcome=FAILURE",
            "client=client-7&outcome=FAILURE",
            "client=client-7&method=WEBAUTHN",
            "client=client-7&tenant=org-8",
            "client=client-7&ip=10.0.8.1",
            "tenant=org-7&ip=10.0.8.1",
            "tenant=org-7&outcome=FAILURE",
            "rule=rule-7&outcome=FAILURE",
            "user=user-77&outcome=FAILURE",
            "outcome=SUCCESS&method=TEMPORARY_PASS",
            "type=10113&outcome=SUCCESS",
            "outcome=SUCCESS&method=TOTP",
            "client=client-0&outcome=FAILURE",
            "tenant=org-7&client=client-7",
            "client=client-7&method=WEBAUTHN&type=auth.mfa_failed");

    private final AdminApi admin;
    private final String middle;
    private int missed;

    private ReadTrail(AdminApi admin, long middle) {
        this.admin = admin;
        this.middle = Instant.ofEpochMilli(middle).toString();
    }

    /** {@code [rows]}. */
    public static void main(String[] arguments) throws Exception {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000_000;
        Installation installation = Installation.find();
        Path homes = installation.root().resolve("benchmarks/target/trail");
        Path data = homes.resolve("postgres");
        try (EmbeddedPostgres postgres = LargePostgres.at(data);
                LoadServer server = LoadServer.ours(homes.resolve("trail"), installation, postgres)) {
            AdminApi admin = server.keycloak().admin();
            admin.post("", Map.of("realm", REALM, "enabled", true));
            LongTrail trail = new LongTrail(server.keycloak().database(), rows);
            trail.write(admin.get(REALM).path("id").asText());
            Quiet.await();
            new ReadTrail(admin, trail.middle()).run();
        }
    }

    private void run() {
        print("all rows", List.of(""));
        print("what is frequent", FREQUENT);
        print("what is rare", RARE);
        print("what only the oldest rows say", OLD);
        print("what nobody says", NOTHING);
        print("several", PAIRS);
        System.out.printf(Locale.ROOT, "%d of all pages took more than %.0f ms at p95%n", missed, BAR);
    }

    private void print(String title, List<String> filters) {
        System.out.println(title);
        for (String filter : filters) {
            String path = REALM + "/mfa/audit?max=100" + (filter.isEmpty() ? "" : "&" + filter);
            measure(filter.isEmpty() ? "(all)" : filter, path);
            if (!filter.startsWith("from=")) {
                // a page that begins in the middle, and the one that its cursor leads to
                JsonNode page = admin.get(path + "&to=" + middle);
                measure(
                        "  … from the middle on",
                        page.has("next") ? path + "&cursor=" + page.path("next").asText() : path + "&to=" + middle);
            }
        }
    }

    private void measure(String name, String path) {
        List<Double> took = new ArrayList<>();
        JsonNode page = admin.get(path);
        for (int time = 0; time < TIMES; time++) {
            long begun = System.nanoTime();
            int status = admin.tryGet(path).status();
            took.add((System.nanoTime() - begun) / 1e6);
            if (status != 200) {
                throw new IllegalStateException(path + ": " + status);
            }
        }
        List<Double> sorted = took.subList(WARM_UP, TIMES).stream().sorted().toList();
        double p95 = sorted.get((int) (sorted.size() * 0.95) - 1);
        missed += p95 > BAR ? 1 : 0;
        System.out.printf(
                Locale.ROOT,
                "%-52s %4d rows%s  first %7.1f, p50 %7.1f, p95 %7.1f ms%s%n",
                name,
                page.path("rows").size(),
                page.has("next") ? " and more" : "         ",
                took.get(0),
                sorted.get(sorted.size() / 2),
                p95,
                p95 > BAR ? " MISSED" : "");
    }
}
