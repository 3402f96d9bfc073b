package io.sallyport.journey;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * everything that people and administrators do, on two nodes, while nodes are killed and the database ends in the
 * middle of things, over and over. The trail is held against what the clients saw, and against what is stored.
 */
@Tag("torture")
final class StormTortureIT {

    private static final Duration STORM = Duration.ofSeconds(
            Long.getLong("sallyport.storm.seconds", Duration.ofMinutes(10).toSeconds()));
    /** The default of {@code mfa.lockout.cooldown}: no lock ends by itself meanwhile. */
    private static final Duration COOLDOWN = Duration.ofMinutes(15);

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final String OFFICER = "soc@example.org";

    @Test
    @DisplayName(
            "R-06: every answer that a client saw has its row, every success row its effect, the consumer every event; the tree verifies")
    void nothingIsLost(@TempDir Path desk) throws Exception {
        Path checkpoints = Files.createDirectory(desk.resolve("checkpoints"));
        try (Receiver consumer = new Receiver();
                Mailbox mailbox = Mailbox.open();
                TwoNodes nodes = TwoNodes.quiet(List.of(
                        "--spi-mfa-event-sink--webhook--secret=" + PostgresServer.WEBHOOK_SECRET,
                        "--spi-mfa-event-sink--webhook--allow=127.0.0.1",
                        "--spi-events-listener--sallyport-audit--checkpoint-directory=" + checkpoints,
                        "--spi-events-listener--sallyport-audit--checkpoint-interval=1"))) {
            MfaRealm realm = realm(nodes, consumer, mailbox);
            Book book = new Book();
            List<Load> loads = new Crowd(List.of(realm, realm.on(nodes.second())), book).loads(desk);
            Instant since = Instant.now();

            new Storm(nodes).over(loads, STORM);

            System.out.println(STORM + ": " + book.summary());
            List<String> contradictions = judged(nodes.first().database(), realm, book, since, consumer, mailbox);
            contradictions.addAll(unsound(new Auditor(realm, desk), book, checkpoints));
            contradictions.stream().limit(200).forEach(System.out::println);
            assertThat(contradictions).isEmpty();
            assertThat(book.done()).as("what the storm was about").isEqualTo(DeedKind.possible());
            assertThat(book.exports()).isNotEmpty();
        }
    }

    private static MfaRealm realm(TwoNodes nodes, Receiver consumer, Mailbox mailbox) {
        MfaRealm realm = MfaRealm.setUp(
                nodes.first(),
                Map.of("mfa.claim.ttl", "3600"),
                SelfService.policy(Rules.FOR_ALL, List.of(SelfService.PAYMENT)));
        realm.mailsTo(mailbox)
                .change(Map.of(
                        "passwordPolicy",
                        Races.CHEAP,
                        "accessTokenLifespan",
                        3600,
                        "attributes",
                        Map.of("frontendUrl", nodes.first().address().toString())));
        SelfService.of(realm);
        SettingsApi.of(realm)
                .change(Map.of("mfa.events.webhook.url", consumer.address().toString(), "mfa.events.officers", OFFICER))
                .expect(200);
        return realm;
    }

    private static List<String> judged(
            Database database, MfaRealm realm, Book book, Instant since, Receiver consumer, Mailbox mailbox)
            throws InterruptedException {
        String realmId = realm.admin().get(realm.name()).path("id").asText();
        awaitTold(database, realmId);
        List<TrailRow> trail = TrailRow.all(database, realmId);
        Aftermath left = Aftermath.of(database, realmId);
        AnswerJudge answers = new AnswerJudge(book.deeds(), trail);
        List<String> found = new ArrayList<>(answers.contradictions(since));
        found.addAll(new EffectJudge(trail, left).contradictions());
        found.addAll(new SignInJudge(book.deeds(), answers.effective(), left).contradictions());
        found.addAll(new LockJudge(trail, left, COOLDOWN).contradictions());
        found.addAll(new ReadingJudge(trail).contradictions(book.readings()));
        found.addAll(untold(trail, since, consumer, mailbox));
        return found;
    }

    /** Locks whose attempt died before it could tell them are told by a round of the nodes. */
    private static void awaitTold(Database database, String realmId) {
        Auditor.await(
                "no lock that nobody was told of",
                () -> database.rows("SELECT 1 FROM MFA_UNTOLD_LOCK WHERE REALM_ID = ?", realmId)
                        .isEmpty());
    }

    /** At least once: nothing that is on the trail was kept from those who are to know, whoever died with it in hand. */
    private static List<String> untold(List<TrailRow> trail, Instant since, Receiver consumer, Mailbox mailbox)
            throws InterruptedException {
        Set<String> missing = trail.stream()
                .filter(row -> row.time().isAfter(since))
                .map(TrailRow::id)
                .collect(toSet());
        Instant end = Instant.now().plus(PATIENCE);
        for (int heard = 0; !missing.isEmpty() && Instant.now().isBefore(end); ) {
            List<Receiver.Call> calls = consumer.accepted();
            calls.subList(heard, calls.size()).forEach(call -> missing.remove(call.id()));
            heard = calls.size();
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        List<String> found = new ArrayList<>();
        missing.forEach(event -> found.add("The consumer never got event " + event + "."));
        for (TrailRow lock : trail.stream().filter(TrailRow::isLock).toList()) {
            try {
                mailbox.next(OFFICER, lock.id());
            } catch (Unexpected silence) {
                found.add("The officer never heard of " + lock + ", and of others perhaps.");
                break;
            }
        }
        return found;
    }

    private static List<String> unsound(Auditor auditor, Book book, Path checkpoints) throws Exception {
        List<String> found = new ArrayList<>();
        for (Path export : book.exports()) {
            found.addAll(unsound(export.getFileName().toString(), auditor.opinionOf(export)));
        }
        auditor.awaitSealed();
        Path[] kept = outside(checkpoints, auditor.desk());
        found.addAll(unsound("The trail", auditor.opinion(auditor.sealedTrail(), kept)));
        return found;
    }

    private static List<String> unsound(String what, Auditor.Opinion opinion) {
        return opinion.answer() == 0
                ? List.of()
                : List.of(what + " does not verify (" + opinion.answer() + "): " + opinion.words());
    }

    /** A copy of the checkpoints of the one realm that is set up. */
    private static Path[] outside(Path checkpoints, Path desk) throws Exception {
        try (Stream<Path> files = Files.list(checkpoints)) {
            return new Path[] {Files.copy(files.findFirst().orElseThrow(), desk.resolve("kept.ndjson"))};
        }
    }
}
