package io.sallyport.journey;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.journey.Attempt.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * sign-ins on two nodes while nodes are killed and the database ends in the middle of things, over and over. The
 * trail is held against what the clients saw.
 */
@Tag("torture")
final class StormTortureIT {

    private static final Duration STORM = Duration.ofSeconds(
            Long.getLong("sallyport.storm.seconds", Duration.ofMinutes(10).toSeconds()));
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int GUESSERS = 6;
    private static final int MEMBERS_EACH = 30;

    private final Random random = new Random();

    @Test
    @DisplayName(
            "R-06: every answer that a client saw has its row, every success row its effect, the consumer every event; the tree verifies")
    void nothingIsLost(@TempDir Path desk) throws Exception {
        Path checkpoints = Files.createDirectory(desk.resolve("checkpoints"));
        try (Receiver consumer = new Receiver();
                TwoNodes nodes = TwoNodes.quiet(List.of(
                        "--spi-mfa-event-sink--webhook--secret=" + PostgresServer.WEBHOOK_SECRET,
                        "--spi-mfa-event-sink--webhook--allow=127.0.0.1",
                        "--spi-events-listener--sallyport-audit--checkpoint-directory=" + checkpoints,
                        "--spi-events-listener--sallyport-audit--checkpoint-interval=1"))) {
            MfaRealm realm = MfaRealm.strict(nodes.first());
            realm.change(Map.of(
                    "passwordPolicy",
                    Races.CHEAP,
                    "attributes",
                    Map.of("frontendUrl", nodes.first().address().toString())));
            SettingsApi.of(realm)
                    .change(Map.of("mfa.events.webhook.url", consumer.address().toString()))
                    .expect(200);

            List<Attempt> attempts = storm(nodes, realm);

            print(attempts);
            Rows rows = new Rows(nodes.first().database());
            assertTrailTellsAll(rows, attempts);
            assertTold(rows, attempts, consumer);
            Auditor auditor = new Auditor(realm, desk);
            auditor.awaitSealed();
            Path[] kept = outside(checkpoints, desk);
            List<String> trail = auditor.sealedTrail();
            Auditor.Opinion opinion = auditor.opinion(trail, kept);
            assertThat(opinion).isEqualTo(new Auditor.Opinion(0, opinion.words()));
        }
    }

    private List<Attempt> storm(TwoNodes nodes, MfaRealm realm) throws Exception {
        List<MfaRealm> both = List.of(realm, realm.on(nodes.second()));
        Instant end = Instant.now().plus(STORM);
        ExecutorService threads = Executors.newFixedThreadPool(GUESSERS);
        try {
            List<Future<List<Attempt>>> results = new ArrayList<>();
            for (int i = 0; i < GUESSERS; i++) {
                List<Member> members =
                        Stream.generate(realm::enrolled).limit(MEMBERS_EACH).toList();
                results.add(threads.submit(
                        new Guesser(both, members, () -> Instant.now().isBefore(end))));
            }
            while (Instant.now().isBefore(end)) {
                strike(nodes);
            }
            List<Attempt> attempts = new ArrayList<>();
            for (Future<List<Attempt>> result : results) {
                attempts.addAll(result.get());
            }
            return attempts;
        } finally {
            threads.shutdownNow();
        }
    }

    /** What is struck is up again before the next one falls. */
    private void strike(TwoNodes nodes) throws Exception {
        long calm = System.currentTimeMillis() + 1000 + random.nextInt(2000);
        while (System.currentTimeMillis() < calm) {
            LockSupport.parkUntil(calm);
        }
        int what = random.nextInt(6);
        if (what < 4) {
            nodes.crashDatabase();
        } else {
            KeycloakServer node = what == 4 ? nodes.first() : nodes.second();
            node.kill();
            node.start();
        }
    }

    private static void assertTrailTellsAll(Rows trail, List<Attempt> attempts) {
        Map<String, List<Rows.Row>> rows = trail.byCorrelation();
        for (Attempt attempt : attempts) {
            List<Rows.Row> said = rows.getOrDefault(attempt.correlation(), List.of());
            List<Rows.Row> verified = said.stream().filter(Rows.Row::verified).toList();
            if (attempt.answer() == Answer.GRANTED) {
                assertThat(verified).as("rows of %s", attempt).hasSize(1);
            } else if (attempt.answer() == Answer.REFUSED) {
                assertThat(said).as("rows of %s", attempt).isNotEmpty().noneMatch(Rows.Row::succeeded);
            } else {
                assertThat(verified).as("rows of %s", attempt).hasSizeLessThanOrEqualTo(1);
            }
            if (!verified.isEmpty()) {
                assertThat(attempt.step()).as("code of %s", attempt).isNotEqualTo(Attempt.WRONG);
            }
        }
        Set<String> sent = attempts.stream().map(Attempt::correlation).collect(toSet());
        List<Attempt> effective = attempts.stream()
                .filter(attempt -> rows.getOrDefault(attempt.correlation(), List.of()).stream()
                        .anyMatch(Rows.Row::verified))
                .toList();
        assertThat(effective.stream().collect(groupingBy(one -> one.member().id() + one.step())))
                .as("successes by code")
                .allSatisfy((code, successes) -> assertThat(successes).hasSize(1));
        trail.assertEffects(effective);
        assertThat(rows.values().stream()
                        .flatMap(List::stream)
                        .filter(Rows.Row::verified)
                        .map(Rows.Row::correlation))
                .as("successes that nobody sent")
                .allMatch(sent::contains);
    }

    /** At least once: nothing that is on the trail was kept from the consumer, whoever died with it in hand. */
    private static void assertTold(Rows trail, List<Attempt> attempts, Receiver consumer) {
        Map<String, List<Rows.Row>> rows = trail.byCorrelation();
        Set<String> missing = attempts.stream()
                .flatMap(attempt -> rows.getOrDefault(attempt.correlation(), List.of()).stream())
                .map(Rows.Row::id)
                .collect(toSet());
        Instant end = Instant.now().plus(PATIENCE);
        while (!missing.isEmpty() && Instant.now().isBefore(end)) {
            consumer.accepted().forEach(call -> missing.remove(call.id()));
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        assertThat(missing).as("events that the consumer never got").isEmpty();
    }

    private static void print(List<Attempt> attempts) {
        Map<Answer, Long> counts = attempts.stream().collect(groupingBy(Attempt::answer, counting()));
        System.out.printf("%d attempts in %s: %s%n", attempts.size(), STORM, counts);
    }

    /** A copy of the checkpoints of the one realm that is set up. */
    private static Path[] outside(Path checkpoints, Path desk) throws Exception {
        try (Stream<Path> files = Files.list(checkpoints)) {
            return new Path[] {Files.copy(files.findFirst().orElseThrow(), desk.resolve("kept.ndjson"))};
        }
    }
}
