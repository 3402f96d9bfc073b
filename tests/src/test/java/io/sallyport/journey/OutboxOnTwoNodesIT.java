package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** AUD-11 with two nodes: they share the work, and one goes on for both. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class OutboxOnTwoNodesIT {

    private static final int ROUNDS = 5;

    private final Receiver receiver = new Receiver();
    private TwoNodes nodes;
    private MfaRealm realm;

    @BeforeAll
    void start() throws IOException {
        nodes = TwoNodes.quiet(List.of(
                "--spi-mfa-event-sink--webhook--secret=" + PostgresServer.WEBHOOK_SECRET,
                "--spi-mfa-event-sink--webhook--allow=127.0.0.1",
                "--metrics-enabled=true"));
        realm = MfaRealm.strict(nodes.first());
        SettingsApi.of(realm)
                .change(Map.of("mfa.events.webhook.url", receiver.address().toString(), "mfa.lockout.threshold", "10"))
                .expect(200);
    }

    @AfterAll
    void stop() throws IOException {
        nodes.close();
        receiver.close();
    }

    @Test
    @Order(1)
    @DisplayName("AUD-11: both nodes deliver, each event once, in the order of each user")
    void bothDeliver() throws Exception {
        List<Member> members =
                IntStream.range(0, 10).mapToObj(i -> realm.enrolled()).toList();
        for (int round = 0; round < ROUNDS; round++) {
            members.parallelStream()
                    .forEach(member ->
                            Stream.of(nodes.first(), nodes.second()).forEach(node -> wrong(realm.on(node), member)));
        }

        for (Member member : members) {
            assertToldInOrder(member);
        }
        for (KeycloakServer node : List.of(nodes.first(), nodes.second())) {
            assertThat(node.metric("sallyport_outbox_deliveries_total", "webhook", "accepted"))
                    .isPositive();
        }
    }

    @Test
    @Order(2)
    @DisplayName("AUD-11: what a node had claimed when it died is delivered by the other")
    void oneDies() throws Exception {
        List<Member> members =
                IntStream.range(0, 10).mapToObj(i -> realm.enrolled()).toList();
        receiver.answers(call -> 503);
        members.forEach(member -> wrong(realm.on(nodes.second()), member));
        members.forEach(member -> wrong(realm.on(nodes.second()), member));

        nodes.second().kill();
        receiver.answers(call -> 204);

        for (Member member : members) {
            List<String> happened = happened(member);
            receiver.await(calls -> accepted(member).containsAll(happened), happened.toString());
            assertThat(accepted(member).stream().distinct()).containsExactlyElementsOf(happened);
        }
    }

    private void assertToldInOrder(Member member) throws InterruptedException {
        List<String> happened = happened(member);
        assertThat(happened).hasSize(2 * ROUNDS);
        receiver.await(calls -> accepted(member).containsAll(happened), happened.toString());
        assertThat(accepted(member)).containsExactlyElementsOf(happened);
    }

    private List<String> happened(Member member) {
        return realm.audit().of(member.id(), "auth.mfa_failed").stream()
                .map(row -> row.text("event_id"))
                .toList();
    }

    private List<String> accepted(Member member) {
        return receiver.accepted().stream()
                .filter(call ->
                        call.subject().equals(member.id()) && call.type().equals("auth.mfa_failed"))
                .map(Receiver.Call::id)
                .toList();
    }

    private static void wrong(MfaRealm where, Member member) {
        where.backend()
                .password(member.username(), Member.PASSWORD, member.phone().wrongCode());
    }
}
