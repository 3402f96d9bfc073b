package io.sallyport.benchmarks.load;

import io.sallyport.journey.Installation;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Complete sign-ins by the pages, on this build and on stock Keycloak: the statements of each, and how many of them a second;
 * the two sides in turn, sign-in by sign-in, and each beside itself.
 */
final class SignInLoad {

    private static final List<Integer> CLIENTS = List.of(4, 16);
    private static final int COUNTED = 50;

    private SignInLoad() {}

    /** {@code [rounds] [users of a side at each number of clients] [password policy]}; without rounds only the statements. */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8;
        int users = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 150;
        String passwords = arguments.length > 2 ? arguments[2] : "hashAlgorithm(pbkdf2-sha256) and hashIterations(1)";
        boolean plain = Boolean.getBoolean("plain");
        int half = CLIENTS.size() * users;
        Installation installation = Installation.find();
        Path homes = installation.root().resolve("benchmarks/target/signin");
        try (EmbeddedPostgres postgres = VerifyLoad.postgres(homes);
                LoadServer stock = LoadServer.stock(homes.resolve("stock"), installation, postgres);
                LoadServer ours = LoadServer.ours(homes.resolve("ours"), installation, postgres)) {
            int size = Math.max(2 * half, COUNTED);
            Crowd guests = plain ? Crowd.plain(stock, size, passwords) : Crowd.of(stock, size, passwords);
            Crowd members = plain ? Crowd.plainOfOurs(ours, size, passwords) : Crowd.ofOurs(ours, size, passwords);
            List<Turns.Side> sides = List.of(
                    new Turns.Side("stock", guests, 0),
                    new Turns.Side("ours", members, 0),
                    new Turns.Side("stock again", guests, half),
                    new Turns.Side("ours again", members, half));
            warm(sides, users, members);
            count(guests, members);
            if (rounds > 0) {
                Quiet.await();
                measure(sides, rounds, users, members);
            }
        }
    }

    /** Everybody once, so that caches are full and most of the code is compiled. */
    private static void warm(List<Turns.Side> sides, int users, Crowd members) throws Exception {
        for (int level = 0; level < CLIENTS.size(); level++) {
            members.awaitFreshCodes();
            new Turns(2).run(sides, level * users, (level + 1) * users);
        }
    }

    private static void count(Crowd guests, Crowd members) throws Exception {
        StepStatements counter = new StepStatements(COUNTED, Boolean.getBoolean("statements"));
        members.awaitFreshCodes();
        counter.print("stock", guests);
        counter.print("ours", members);
    }

    private static void measure(List<Turns.Side> sides, int rounds, int users, Crowd members) throws Exception {
        Map<Integer, List<List<Latencies>>> all = new LinkedHashMap<>();
        Map<LoadServer, Duration> processor = new LinkedHashMap<>();
        CLIENTS.forEach(clients -> all.put(clients, new ArrayList<>()));
        for (int round = -1; round < rounds; round++) {
            members.awaitFreshCodes();
            for (int level = 0; level < CLIENTS.size(); level++) {
                int clients = CLIENTS.get(level);
                sides.subList(0, 2)
                        .forEach(side -> processor.merge(
                                side.crowd().server(),
                                side.crowd().server().processorTime().negated(),
                                Duration::plus));
                List<Latencies> found = new Turns(clients).run(sides, level * users, (level + 1) * users);
                sides.subList(0, 2)
                        .forEach(side -> processor.merge(
                                side.crowd().server(), side.crowd().server().processorTime(), Duration::plus));
                say("round %2d, %2d at a time: %s", round, clients, TurnsReport.line(clients, found));
                if (round >= 0) {
                    all.getOrDefault(clients, new ArrayList<>()).add(found);
                }
            }
        }
        all.forEach((clients, found) -> TurnsReport.print(clients, found));
        double each = 2.0 * (rounds + 1) * users * CLIENTS.size();
        sides.subList(0, 2)
                .forEach(side -> say(
                        "%s: %.2f ms of processor time for a sign-in, the database's included",
                        side.name(),
                        processor
                                        .getOrDefault(side.crowd().server(), Duration.ZERO)
                                        .toMillis()
                                / each));
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
