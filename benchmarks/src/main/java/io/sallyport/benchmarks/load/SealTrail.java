package io.sallyport.benchmarks.load;

import io.sallyport.journey.AdminApi;
import io.sallyport.journey.Database;
import io.sallyport.journey.Installation;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** How fast the trail is written and sealed by two nodes on one PostgreSQL, and what its indexes cost. */
final class SealTrail {

    private static final int RATE = 500;
    private static final int WRITERS = 100;
    private static final int BACKLOG = 50_000;
    private static final int INSERTS = 50_000;

    /** A round begins each second: what came in the last one, and while it runs, may wait. */
    private static final long ROUNDS = 3;

    private final TwoServers servers;
    private final Database database;

    private SealTrail(TwoServers servers) {
        this.servers = servers;
        this.database = servers.first().database();
    }

    /** {@code [rows that are there already] [seconds] [indexes of MFA_AUDIT to drop before]…}. */
    public static void main(String[] arguments) throws Exception {
        int past = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        Duration time = Duration.ofSeconds(arguments.length > 1 ? Integer.parseInt(arguments[1]) : 60);
        Installation installation = Installation.find();
        Path homes = installation.root().resolve("benchmarks/target/seal");
        try (EmbeddedPostgres postgres = LargePostgres.at(homes.resolve("postgres"));
                TwoServers servers = TwoServers.start(homes, installation, postgres)) {
            SealTrail trail = new SealTrail(servers);
            List.of(arguments).stream().skip(2).forEach(index -> trail.database.update("DROP INDEX " + index));
            trail.realm("past").past(past);
            trail.print();
            Quiet.await();
            trail.inserts();
            trail.backlog();
            for (int rate = RATE; trail.keepsUp(rate, time); ) {
                rate *= 2;
            }
            trail.writers(time);
        }
    }

    private TrailRows realm(String name) {
        AdminApi admin = servers.first().admin();
        admin.post("", Map.of("realm", name, "enabled", true));
        return new TrailRows(database, admin.get(name).path("id").asText());
    }

    private void print() {
        database.rows(
                        "SELECT indexrelname AS NAME, pg_size_pretty(pg_relation_size(indexrelid)) AS SIZE"
                                + " FROM pg_stat_user_indexes WHERE relname = 'mfa_audit' ORDER BY pg_relation_size(indexrelid)")
                .forEach(index -> say("%-28s %s", index.getOrDefault("NAME", ""), index.getOrDefault("SIZE", "")));
    }

    /** What an insert costs the database, of rows that nobody seals: they have their places. */
    private void inserts() {
        TrailRows nobody = new TrailRows(database, "nobody");
        long begun = System.nanoTime();
        nobody.past(INSERTS);
        say("insert: %,.0f rows/s in one statement", INSERTS / seconds(begun));
        database.update("DELETE FROM MFA_AUDIT WHERE REALM_ID = 'nobody'");
    }

    /** Rows that are there at once: as fast as sealing can be. */
    private void backlog() {
        TrailRows rows = realm("backlog");
        rows.insert(BACKLOG, 1_700_000_000_000L);
        Cpu cpu = Cpu.begin();
        long begun = System.nanoTime();
        rows.awaitSealed();
        say("backlog: %,.0f rows/s sealed, of %,d; %s", BACKLOG / seconds(begun), BACKLOG, cpu.used());
    }

    /** Rows that come by the clock, twenty times a second; whether those that wait for their seals don't become more and more. */
    private boolean keepsUp(int rate, Duration time) {
        TrailRows rows = realm("rate-" + rate);
        Cpu cpu = Cpu.begin();
        long begun = System.nanoTime();
        long written = 0;
        long most = 0;
        while (System.nanoTime() - begun < time.toNanos()) {
            int due = (int) (seconds(begun) * rate - written);
            if (due > 0) {
                rows.insert(due, 1_700_000_000_000L + written);
                written += due;
                most = Math.max(most, rows.waiting());
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        double took = seconds(begun);
        String used = cpu.used();
        long left = rows.waiting();
        long end = System.nanoTime();
        rows.awaitSealed();
        say(
                "%,d rows/s asked: %,.0f rows/s written, %,.0f rows/s sealed meanwhile, %,d waiting at most, %,d at the end,"
                        + " sealed %.2f s later; %s",
                rate, written / took, (written - left) / took, most, left, seconds(end), used);
        return written / took > 0.98 * rate && left < ROUNDS * rate;
    }

    /** AUD-07: administrators who read the trail, each reading of which is a row of it that is committed before the answer. */
    private void writers(Duration time) throws Exception {
        TrailRows rows = realm("writers");
        rows.awaitSealed();
        long before = rows.all();
        LongAdder answers = new LongAdder();
        LongAdder refusals = new LongAdder();
        Cpu cpu = Cpu.begin();
        long begun = System.nanoTime();
        long end = begun + time.toNanos();
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                AdminApi admin = (writer % 2 == 0 ? servers.first() : servers.second()).admin();
                futures.add(threads.submit(() -> {
                    while (System.nanoTime() < end) {
                        boolean read = admin.tryGet("writers/mfa/audit?max=1&event_id=none")
                                        .status()
                                == 200;
                        (read ? answers : refusals).increment();
                    }
                }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        } finally {
            threads.shutdownNow();
        }
        double took = seconds(begun);
        String used = cpu.used();
        long waiting = rows.waiting();
        long sealing = System.nanoTime();
        rows.awaitSealed();
        say(
                "writers: %d on two nodes, %,.0f answers/s (%d refused), %,.0f rows/s, %,.0f rows/s sealed meanwhile, %,d waiting"
                        + " at the end, sealed %.2f s later; each answer has its row: %b; no fork, no gap: %b; %s",
                WRITERS,
                answers.sum() / took,
                refusals.sum(),
                (rows.all() - before) / took,
                (rows.all() - before - waiting) / took,
                waiting,
                seconds(sealing),
                rows.all() - before >= answers.sum(),
                rows.hasNeitherForkNorGap() && rows.sealed() == rows.all(),
                used);
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / (double) Duration.ofSeconds(1).toNanos();
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
