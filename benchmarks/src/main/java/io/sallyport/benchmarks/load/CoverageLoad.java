package io.sallyport.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.journey.Installation;
import io.sallyport.journey.Json;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
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

    private static final byte[] BUFFER = new byte[1 << 16];

    /** Over the pages; the server still compiles itself in the first. */
    private static final int PASSES = 2;

    private final Town town;
    private final CoverageCalls calls;
    private final CoveragePages pages;
    private final ByHand byHand;
    private final int rounds;

    private CoverageLoad(Town town, int rounds) {
        this.town = town;
        this.calls = CoverageCalls.of(town);
        this.pages = new CoveragePages(calls);
        this.byHand = new ByHand(town);
        this.rounds = rounds;
    }

    /** {@code [people] [of a thousand without a factor] [rounds]}; with {@code -Dpages=true} the pages alone. */
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
        if (!Boolean.getBoolean("pages")) {
            counts(homes);
        }
        for (int pass = 1; pass <= PASSES; pass++) {
            print("Pass %d over the pages%n", pass);
            for (String state :
                    List.of("missing", "enrolled", "required_missing", "sms_only", "locked", "grace", "exempt")) {
                pages.measure(state);
            }
        }
    }

    private void counts(Path homes) throws Exception {
        compare("totals", () -> calls.get(""), () -> rows(byHand.totals()));
        compare("by group", () -> calls.get("?by=group"), () -> rows(byHand.groups()));
        print(
                "by role %.2f s, by organization %.2f s, by method %.2f s%n",
                time(() -> calls.get("?by=role")),
                time(() -> calls.get("?by=organization")),
                time(() -> calls.get("?by=method")));
        String file = homes.toAbsolutePath().resolve("copy.csv").toString();
        compare(
                "export of all, beside a COPY of the same",
                () -> calls.drain("all"),
                () -> update(byHand.copyOfAll(file)));
        compare("export of all, beside a COPY of the names", () -> calls.drain("all"), () -> update(byHand.copy(file)));
        compare(
                "export of the missing, beside a COPY of the names",
                () -> calls.drain("missing"),
                () -> update(byHand.copy(file)));
        heap();
    }

    /** Both must count the same, or it would be no comparison. */
    private void agree() throws Exception {
        JsonNode ours = Json.read(calls.get(""));
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

    /** What is alive in the server while an export goes on, after a full collection each. */
    private void heap() throws Exception {
        print("alive before the export: %s%n", LiveHeap.shown());
        HttpResponse<InputStream> answer = OpenLoop.CLIENT.send(
                calls.request("/users?state=all&format=csv"), HttpResponse.BodyHandlers.ofInputStream());
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
