package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Events reach Apache Kafka by a JAR of its own beside ours, whatever happens to the broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KafkaIT {

    private KafkaBroker broker;
    private KeycloakServer server;
    private MfaRealm realm;

    @BeforeAll
    void start() throws IOException {
        broker = KafkaBroker.fresh();
        ServerHome home = SharedServer.home("journeys-kafka");
        Path jar = Path.of(System.getProperty("sallyport.kafka.jar"));
        Files.copy(jar, home.directory().resolve("providers").resolve(jar.getFileName()));
        server = SharedServer.start(
                home,
                ServerDatabase.embedded(home, true),
                List.of(
                        "--spi-mfa-event-sink--kafka--brokers=" + broker.address(),
                        "--spi-mfa-event-sink--kafka--topic=" + KafkaBroker.TOPIC,
                        "--spi-mfa-event-sink--kafka--security-protocol=SASL_PLAINTEXT",
                        "--spi-mfa-event-sink--kafka--username=" + KafkaBroker.USER,
                        "--spi-mfa-event-sink--kafka--password=" + KafkaBroker.PASSWORD));
        realm = MfaRealm.strict(server);
    }

    @AfterAll
    void stop() {
        server.close();
        broker.close();
    }

    @Test
    @DisplayName("AUD-11: each event is a CloudEvent under its user's key, with an id of its own, in order")
    void eventsArriveInOrder() {
        List<Member> members =
                IntStream.range(0, 5).mapToObj(i -> realm.enrolled()).toList();
        for (int round = 0; round < 3; round++) {
            members.parallelStream().forEach(this::wrong);
            members.parallelStream().forEach(this::signIn);
        }

        for (Member member : members) {
            List<ConsumerRecord<String, String>> arrived = awaitAll(member);
            assertThat(arrived).extracting(KafkaIT::id).containsExactlyElementsOf(happened(member));
            assertThat(arrived.stream().map(ConsumerRecord::partition).distinct())
                    .hasSize(1);
        }
        ConsumerRecord<String, String> one = awaitAll(members.get(0)).get(0);
        assertThat(new String(one.headers().lastHeader("content-type").value(), StandardCharsets.UTF_8))
                .isEqualTo("application/cloudevents+json; charset=UTF-8");
        JsonNode event = Json.read(one.value());
        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("source").asText()).isEqualTo("/realms/" + realm.name());
        assertThat(event.path("subject").asText()).isEqualTo(members.get(0).id());
    }

    @Test
    @DisplayName(
            "AUD-11: while the broker is down people sign in; when it is back on its data, everything arrives, in order")
    void theBrokerIsDown() {
        Member ann = realm.enrolled();
        Member bob = realm.enrolled();
        signIn(ann);
        awaitAll(ann);

        broker.stop();
        for (Member member : List.of(ann, bob, ann, bob)) {
            wrong(member);
            signIn(member);
        }
        awaitReason(ann, "TimeoutException");
        broker.start();

        for (Member member : List.of(ann, bob)) {
            assertThat(awaitAll(member).stream().map(KafkaIT::id).distinct())
                    .containsExactlyElementsOf(happened(member));
        }
    }

    @Test
    @DisplayName("A password that is wrong is told to the administrator, and nothing is lost by it")
    void theWrongPassword() {
        broker.lets("another");
        broker.stop();
        broker.start();
        Member member = realm.enrolled();
        wrong(member);
        signIn(member);

        awaitReason(member, "SaslAuthenticationException");
        assertThat(server.log()).doesNotContain(KafkaBroker.PASSWORD);

        broker.lets(KafkaBroker.PASSWORD);
        assertThat(awaitAll(member).stream().map(KafkaIT::id).distinct()).containsExactlyElementsOf(happened(member));
    }

    @Test
    @DisplayName("A topic that is not there makes dead letters, which are sent again when it is")
    void noSuchTopic() {
        broker.removeTopic();
        Member member = realm.enrolled();
        wrong(member);
        awaitReason(member, "TimeoutException, UnknownTopicOrPartitionException");
        await(() -> {
            server.database()
                    .update(
                            "UPDATE MFA_OUTBOX SET ATTEMPTS = 29, NEXT_AT = 0 WHERE STATE = 'W' AND USER_ID = ?"
                                    + " AND ATTEMPTS BETWEEN 1 AND 28",
                            member.id());
            return rows(member, "STATE = 'D'").size() == happened(member).size();
        });
        JsonNode letters = realm.admin().get(realm.name() + "/mfa/outbox").path("dead_letters");
        assertThat(letters.findValuesAsText("sink")).containsOnly("kafka");
        assertThat(letters.findValuesAsText("reason"))
                .containsOnly("Kafka: TimeoutException, UnknownTopicOrPartitionException");

        broker.makeTopic();
        realm.admin()
                .send("POST", realm.name() + "/mfa/outbox/resend", "{\"reason\":\"the topic is there\"}")
                .expect(200);

        assertThat(awaitAll(member).stream().map(KafkaIT::id).distinct())
                .containsExactlyInAnyOrderElementsOf(happened(member));
    }

    private void wrong(Member member) {
        realm.backend()
                .password(member.username(), Member.PASSWORD, member.phone().wrongCode());
    }

    private void signIn(Member member) {
        assertThat(realm.backend()
                        .password(
                                member.username(),
                                Member.PASSWORD,
                                member.phone().nextCode())
                        .granted())
                .isTrue();
    }

    private List<String> happened(Member member) {
        return realm.audit().of(member.id()).stream()
                .map(row -> row.text("event_id"))
                .toList();
    }

    private List<ConsumerRecord<String, String>> awaitAll(Member member) {
        List<String> happened = happened(member);
        await(() -> of(member).stream().map(KafkaIT::id).toList().containsAll(happened));
        return of(member);
    }

    private List<ConsumerRecord<String, String>> of(Member member) {
        return broker.records().stream()
                .filter(record -> member.id().equals(record.key()))
                .toList();
    }

    private static String id(ConsumerRecord<String, String> record) {
        return Json.read(record.value()).path("id").asText();
    }

    private void awaitReason(Member member, String reason) {
        await(() ->
                rows(member, "ATTEMPTS > 0").stream().anyMatch(row -> ("Kafka: " + reason).equals(row.get("REASON"))));
    }

    private List<Map<String, String>> rows(Member member, String condition) {
        return server.database().rows("SELECT * FROM MFA_OUTBOX WHERE USER_ID = ? AND " + condition, member.id());
    }

    private static void await(Supplier<Boolean> wanted) {
        boolean there = false;
        for (Instant end = Instant.now().plusSeconds(180);
                !there && Instant.now().isBefore(end); ) {
            there = wanted.get();
        }
        assertThat(there).isTrue();
    }
}
