package io.sallyport.benchmarks.load;

import io.sallyport.journey.Database;
import io.sallyport.journey.Installation;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Sign-ins per second with every sink on and with none, in turn, on one server: two of them differ by more than that. */
final class EventsLoad {

    private static final String SECRET = "whsec_c2FsbHlwb3J0LWJlbmNobWFya3Mtd2ViaG9vay1zZWNyZXQ=";
    private static final Duration STEP = Duration.ofSeconds(30);

    private static final Map<String, String> NONE =
            Map.of("mfa.events.log", "false", "mfa.events.webhook.url", "", "mfa.events.officers", "");

    private EventsLoad() {}

    /** {@code [rounds] [sign-ins of a turn] [clients] [password policy]}. */
    public static void main(String[] arguments) throws Exception {
        int rounds = number(arguments, 0, 8);
        int users = number(arguments, 1, 300);
        ClosedLoop load = new ClosedLoop(number(arguments, 2, 8));
        String passwords = arguments.length > 3 ? arguments[3] : "";
        Installation installation = Installation.find();
        Path homes = installation.root().resolve("benchmarks/target/events");
        try (EmbeddedPostgres postgres = VerifyLoad.postgres(homes);
                Consumer consumer = new Consumer();
                LoadServer server = LoadServer.ours(
                        homes,
                        installation,
                        postgres,
                        List.of(
                                "--spi-mfa-event-sink--webhook--secret=" + SECRET,
                                "--spi-mfa-event-sink--webhook--allow=127.0.0.1"))) {
            Crowd crowd = Crowd.ofOurs(server, 4 * users, passwords);
            Map<String, String> sinks = Map.of(
                    "mfa.events.log",
                    "true",
                    "mfa.events.webhook.url",
                    consumer.address(),
                    "mfa.events.officers",
                    "ciso@example.org");
            List<double[]> counted = new ArrayList<>();
            for (int round = -1; round < rounds; round++) {
                LockSupport.parkNanos(STEP.toNanos()); // a code is good once
                boolean odd = round % 2 != 0; // neither side always comes first
                double[] speed = new double[4];
                for (int half = 0; half < 2; half++) {
                    int from = half * users;
                    for (int turn = 0; turn < 2; turn++) {
                        boolean tells = (turn == 1) != odd;
                        crowd.change(tells ? sinks : NONE);
                        drain(server, false); // what tells of the change itself
                        int first = from + (tells ? 2 * users : 0);
                        speed[2 * half + (tells ? 1 : 0)] = load.run(crowd, first, first + users);
                        drain(server, tells);
                    }
                }
                say(
                        "round %2d: off %.1f  on %.1f  off %.1f  on %.1f a second",
                        round, speed[0], speed[1], speed[2], speed[3]);
                if (round >= 0) {
                    counted.add(speed);
                }
            }
            say("on / off, round by round: %s", ratios(counted, 1, 3, 0, 2));
            say("off / off:                %s", ratios(counted, 2, 2, 0, 0));
            say("on / on:                  %s", ratios(counted, 3, 3, 1, 1));
            say("events taken by the webhook: %d", consumer.taken());
        }
    }

    /** What is still to be told would be told during the other side's turn. */
    private static void drain(LoadServer on, boolean tells) {
        Database database = on.keycloak().database();
        long begun = System.nanoTime();
        while (!database.rows("SELECT ID FROM MFA_OUTBOX WHERE SINK <> 'officers' LIMIT 1")
                .isEmpty()) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        if (tells) {
            say("          all told %d ms after the last sign-in", (System.nanoTime() - begun) / 1_000_000);
        }
    }

    private static String ratios(List<double[]> rounds, int a, int b, int c, int d) {
        List<Double> ratios = rounds.stream()
                .map(speed -> (speed[a] + speed[b]) / (speed[c] + speed[d]))
                .sorted()
                .toList();
        int half = ratios.size() / 2;
        double median = ratios.size() % 2 == 1 ? ratios.get(half) : (ratios.get(half - 1) + ratios.get(half)) / 2;
        return String.format(
                Locale.ROOT, "median %.3f, from %.3f to %.3f", median, ratios.get(0), ratios.get(ratios.size() - 1));
    }

    private static int number(String[] arguments, int place, int usual) {
        return arguments.length > place ? Integer.parseInt(arguments[place]) : usual;
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
