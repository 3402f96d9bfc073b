package io.sallyport.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.journey.AdminApi;
import io.sallyport.journey.Installation;
import io.sallyport.journey.Json;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** Coverage of very many people beside statements written by hand, in turn in the same run. */
final class CoverageLoad {

    private static final List<String> NUMBERS = List.of(
            "users",
            "enrolled",
            "required",
            "required_enrolled",
            "exempt",
            "locked",
            "in_grace",
            "sms_only",
            "phishing_resistant");

    private static final int PAGES = 220;
    private static final int WARM_UP = 20;

    private static final byte[] BUFFER = new byte[1 << 16];

    private final Town town;
    private final AdminApi admin;
    private final ByHand byHand;
    private final int rounds;

    private CoverageLoad(Town town, int rounds) {
        this.town = town;
        this.admin = town.server().keycloak().admin();
        this.byHand = new ByHand(town);
        this.rounds = rounds;
    }

    /** {@code [people] [of a thousand without a factor] [rounds]}. */
    public static void main(String[] arguments) throws Exception {
        int people = number(arguments, 0, 1_000_000);
        Installation installation = Installation.find();
        Path homes = installation.root().resolve("benchmarks/target/load");
        try (EmbeddedPostgres postgres = LargePostgres.at(homes.resolve("postgres"));
                LoadServer ours = LoadServer.ours(homes.resolve("ours"), installation, postgres)) {
            long begun = System.nanoTime();
            Town town = Town.of(ours, people, number(arguments, 1, 200));
            print("%d people put in, in %.0f s%n", people, seconds(begun));
            Quiet.await();
            new CoverageLoad(town, number(arguments, 2, 5)).run(homes);
        }
    }

    private void run(Path homes) throws Exception {
        agree();
        compare("totals", () -> get(""), () -> rows(byHand.totals()));
        compare("by group", () -> get("?by=group"), () -> rows(byHand.groups()));
        print(
                "by role %.2f s, by organization %.2f s, by method %.2f s%n",
                time(() -> get("?by=role")), time(() -> get("?by=organization")), time(() -> get("?by=method")));
        pages("missing");
        String file = homes.toAbsolutePath().resolve("copy.csv").toString();
        compare("export of all, beside a COPY of the same", () -> drain("all"), () -> update(byHand.copyOfAll(file)));
        compare("export of all, beside a COPY of the names", () -> drain("all"), () -> update(byHand.copy(file)));
        compare(
                "export of the missing, beside a COPY of the names",
                () -> drain("missing"),
                () -> update(byHand.copy(file)));
        heap();
        for (String state : List.of("enrolled", "required_missing", "sms_only", "locked", "grace", "exempt")) {
            pages(state);
        }
    }

    /** Both must count the same, or it would be no comparison. */
    private void agree() throws Exception {
        JsonNode ours = Json.read(get(""));
        Map<String, String> theirs = town.database().rows(byHand.totals()).get(0);
        print("%s%n", ours);
        for (String name : NUMBERS) {
            String other = theirs.getOrDefault(name.toUpperCase(Locale.ROOT), "");
            if (!ours.path(name).asText().equals(other)) {
                throw new IllegalStateException(name + " = " + ours.path(name) + ", by hand " + other);
            }
        }
    }

    private void compare(String name, Callable<?> ours, Callable<?> theirs) throws Exception {
        double[] one = new double[rounds];
        double[] other = new double[rounds];
        ours.call();
        theirs.call();
        for (int i = 0; i < rounds; i++) {
            other[i] = time(theirs);
            one[i] = time(ours);
        }
        print(
                "%s: %.2f s, by hand %.2f s: %.2f times%n",
                name, median(one), median(other), median(one) / median(other));
    }

    /** From the beginning to the end of the list, and again. */
    private void pages(String state) throws Exception {
        List<Double> took = new ArrayList<>();
        int users = 0;
        String after = "";
        for (int i = 0; i < PAGES; i++) {
            HttpRequest request = request("/users?state=" + state + after);
            long begun = System.nanoTime();
            String body = get(request);
            took.add(seconds(begun) * 1_000);
            JsonNode page = Json.read(body);
            users += page.path("users").size();
            // jump ahead: usernames are evenly spread
            after = page.has("next") ? "&after=" + further(i) : "";
        }
        double[] sorted = took.stream()
                .skip(WARM_UP)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        print(
                "pages of %s: p50 %.1f ms, p95 %.1f ms, max %.1f ms, %.0f users each%n",
                state,
                sorted[sorted.length / 2],
                sorted[(int) (sorted.length * 0.95)],
                sorted[sorted.length - 1],
                (double) users / PAGES);
    }

    private static String further(int page) {
        String name = "u" + Integer.toHexString(0x1000 + page * 37 % 0xf000) + "0";
        return Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    /** What is alive in the server while an export goes on, after a full collection each. */
    private void heap() throws Exception {
        print("alive before the export: %s%n", LiveHeap.shown());
        HttpResponse<InputStream> answer =
                OpenLoop.CLIENT.send(request("/users?state=all&format=csv"), HttpResponse.BodyHandlers.ofInputStream());
        long bytes = 0;
        long next = 1 << 20;
        try (InputStream in = answer.body()) {
            for (int read = in.read(BUFFER); read >= 0; read = in.read(BUFFER)) {
                bytes += read;
                if (bytes >= next) {
                    print("alive after %d MB: %s%n", bytes >> 20, LiveHeap.shown());
                    next *= 4;
                }
            }
        }
        print("alive after all %d MB: %s%n", bytes >> 20, LiveHeap.shown());
    }

    private String get(String query) throws Exception {
        return get(request(query));
    }

    private static String get(HttpRequest request) throws Exception {
        HttpResponse<String> answer = OpenLoop.CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    private long drain(String state) throws Exception {
        HttpResponse<InputStream> answer = OpenLoop.CLIENT.send(
                request("/users?state=" + state + "&format=csv"), HttpResponse.BodyHandlers.ofInputStream());
        long bytes = 0;
        try (InputStream in = answer.body()) {
            for (int read = in.read(BUFFER); read >= 0; read = in.read(BUFFER)) {
                bytes += read;
            }
        }
        return bytes;
    }

    private HttpRequest request(String query) {
        URI address =
                town.server().keycloak().address().resolve("/admin/realms/" + Town.REALM + "/mfa/coverage" + query);
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        admin.authorization().forEach(request::header);
        return request.build();
    }

    private int rows(String sql) {
        return town.database().rows(sql).size();
    }

    private int update(String sql) {
        return town.database().update(sql);
    }

    private static double time(Callable<?> what) throws Exception {
        long begun = System.nanoTime();
        what.call();
        return seconds(begun);
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    private static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
        System.out.flush();
    }

    private static int number(String[] arguments, int place, int usual) {
        return arguments.length > place ? Integer.parseInt(arguments[place]) : usual;
    }
}
