package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events leave the server: signed, in order, at least once, and nobody waits for whoever should hear of them. */
@Journey
final class OutboxIT {

    private static final String URL = "mfa.events.webhook.url";

    private final PostgresServer postgres;
    private final KeycloakServer server;
    private final Receiver receiver = new Receiver();
    private MfaRealm realm;

    OutboxIT(PostgresServer postgres) {
        this.postgres = postgres;
        this.server = postgres.keycloak();
    }

    @BeforeEach
    void aRealmThatTells() {
        realm = MfaRealm.strict(server);
        set(URL, receiver.address().toString()).expect(200);
    }

    @AfterEach
    void nobodyIsToldAnyMore() {
        set(URL, "").expect(200);
        receiver.answers(call -> 204);
    }

    @Test
    @DisplayName("A sign-in is told as a CloudEvent, signed as in Standard Webhooks")
    void aSignInIsTold() throws Exception {
        Member member = realm.enrolled();
        realm.signIn(new Browser(), member);

        Receiver.Call told = receiver.await(call -> is(call, member, "auth.mfa_verified"));

        JsonNode event = told.json();
        Audit.Row row = realm.audit().of(member.id(), "auth.mfa_verified").get(0);
        assertThat(told.headers()).containsEntry("content-type", "application/cloudevents+json; charset=UTF-8");
        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("source").asText()).isEqualTo("/realms/" + realm.name());
        assertThat(event.path("id").asText()).isEqualTo(row.text("event_id"));
        assertThat(event.path("time").asText()).isEqualTo(row.text("timestamp"));
        ObjectNode asRead = row.json().deepCopy();
        asRead.remove("position"); // which the row got later
        assertThat(event.path("data")).isEqualTo(asRead);
        assertSigned(told);
    }

    @Test
    @DisplayName(
            "AUD-11: while the consumer is down people sign in, and afterwards it gets everything, in order for each user")
    void aConsumerThatIsDown() throws Exception {
        receiver.answers(call -> 503);
        Member ann = realm.enrolled();
        Member bob = realm.enrolled();
        for (Member member : List.of(ann, bob, ann)) {
            wrong(member);
            assertThat(realm.backend()
                            .password(
                                    member.username(),
                                    Member.PASSWORD,
                                    member.phone().nextCode())
                            .granted())
                    .isTrue();
        }
        receiver.await(call -> is(call, ann, "auth.mfa_failed"));
        assertThat(accepted(ann)).isEmpty();
        assertThat(accepted(bob)).isEmpty();

        receiver.answers(call -> 204);

        for (Member member : List.of(ann, bob)) {
            List<String> happened = realm.audit().of(member.id()).stream()
                    .map(row -> row.text("event_id"))
                    .toList();
            receiver.await(calls -> accepted(member).containsAll(happened), happened.toString());
            assertThat(accepted(member).stream().distinct()).containsExactlyElementsOf(happened);
        }
        awaitNothing(realmId());
    }

    @Test
    @DisplayName("AUD-11: each event has one id, however often it comes")
    void theSameEventHasTheSameId() throws Exception {
        receiver.answers(call ->
                receiver.all().stream().noneMatch(before -> before.id().equals(call.id())) ? 500 : 204);
        Member member = realm.enrolled();
        realm.signIn(new Browser(), member);

        receiver.await(call -> is(call, member, "auth.mfa_verified") && call.answer() == 204);

        List<Receiver.Call> twice = receiver.all().stream()
                .filter(call -> is(call, member, "auth.mfa_verified"))
                .toList();
        assertThat(twice).hasSize(2);
        assertThat(twice.stream().map(Receiver.Call::body).distinct()).hasSize(1);
        twice.forEach(OutboxIT::assertSigned);
    }

    @Test
    @DisplayName(
            "AUD-05: checkpoints leave by the webhook too, in their order, and by what it got the verifier finds an older trail")
    void checkpointsAreTold(@TempDir Path desk) throws Exception {
        Auditor auditor = new Auditor(realm, desk);
        List<String> older = auditor.sealedTrail();
        awaitCheckpoint(auditor);
        realm.signIn(new Browser(), realm.enrolled());
        Receiver.Call last = awaitCheckpoint(auditor);

        List<Receiver.Call> told =
                receiver.accepted().stream().filter(this::isOfRealm).toList();
        List<String> trail = auditor.sealedTrail();
        Path messages = Files.write(
                desk.resolve("messages"), told.stream().map(Receiver.Call::body).toList());

        assertSigned(last);
        assertThat(last.json().path("data").path("event_code").asInt()).isEqualTo(10124);
        assertThat(last.json().has("subject")).isFalse();
        assertThat(told.stream().filter(OutboxIT::isCheckpoint).map(OutboxIT::size))
                .hasSizeGreaterThan(1)
                .isSorted();
        assertThat(told).as("messages of other kinds").anyMatch(call -> !isCheckpoint(call));
        Auditor.Opinion sound = auditor.opinion(trail, messages);
        assertThat(sound).isEqualTo(new Auditor.Opinion(0, sound.words()));
        assertThat(auditor.opinion(older).answer()).as("by itself").isZero();
        Auditor.Opinion found = auditor.opinion(older, messages);
        assertThat(found).isEqualTo(new Auditor.Opinion(1, found.words()));
        assertThat(found.words()).contains("is missing, and all after it: there is the checkpoint of");
    }

    @Test
    @DisplayName("A redirect is not followed")
    void aRedirectIsNotFollowed() throws Exception {
        receiver.answers(call -> call.path().equals("/in") ? 307 : 204);
        Member member = realm.enrolled();
        wrong(member);

        receiver.await(
                calls -> calls.stream()
                                .filter(call -> is(call, member, "auth.mfa_failed"))
                                .count()
                        > 1,
                "again");

        assertThat(receiver.all()).extracting(Receiver.Call::path).containsOnly("/in");
    }

    @ParameterizedTest
    @DisplayName("A target on loopback, link-local or inside, outside of the allow-list, is a clear error")
    @CsvSource({
        "http://127.0.0.2:8080/in, 127.0.0.2 has no address that webhooks of this server may go to",
        "http://[::1]:8080/in, [::1] has no address that webhooks of this server may go to",
        "https://169.254.169.254/latest, 169.254.169.254 has no address that webhooks of this server may go to",
        "https://10.0.0.1/in, 10.0.0.1 has no address that webhooks of this server may go to",
        "https://0.0.0.0/in, 0.0.0.0 has no address that webhooks of this server may go to",
        "https://2130706434/in, 2130706434 has no address that webhooks of this server may go to",
        "https://user:pass@127.0.0.1/in, want an https address",
        "file:///etc/passwd, want an https address",
    })
    void aForbiddenTarget(String url, String error) {
        Reply refused = set(URL, url);

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.body()).contains(URL, error);
        assertThat(SettingsApi.of(realm).one(URL).path("value").asText())
                .isEqualTo(receiver.address().toString());
    }

    @Test
    @DisplayName("A name that leads to a forbidden address when it is called is not connected to")
    void aNameThatChangedItsMind() throws Exception {
        server.database()
                .update(
                        "UPDATE MFA_SETTING SET SETTING_VALUE = ? WHERE REALM_ID = ? AND NAME = ?",
                        receiver.address().toString().replace("127.0.0.1", "127.0.0.2"),
                        realmId(),
                        URL);
        realm.change(Map.of("displayName", "read again"));
        Member member = realm.enrolled();
        wrong(member);

        Map<String, String> row = awaitRow(member, "ATTEMPTS > 0");

        assertThat(row.get("REASON")).isEqualTo("127.0.0.2 has no address that webhooks of this server may go to");
        assertThat(receiver.all()).noneMatch(call -> call.subject().equals(member.id()));
    }

    @Test
    @DisplayName(
            "What a consumer refuses for good is a dead letter: seen, sent again with a reason, and that is on the record")
    void aDeadLetter() throws Exception {
        receiver.answers(call -> call.type().equals("auth.mfa_failed") ? 410 : 204);
        Member member = realm.enrolled();
        wrong(member);
        Receiver.Call refused = receiver.await(call -> is(call, member, "auth.mfa_failed"));
        assertThat(realm.backend()
                        .password(
                                member.username(),
                                Member.PASSWORD,
                                member.phone().nextCode())
                        .granted())
                .isTrue();
        receiver.await(call -> is(call, member, "auth.mfa_verified"));

        JsonNode letter = outbox("?max=1").path("dead_letters").get(0);
        assertThat(letter.path("event_id").asText()).isEqualTo(refused.id());
        assertThat(letter.path("event_type").asText()).isEqualTo("auth.mfa_failed");
        assertThat(letter.path("reason").asText()).isEqualTo("HTTP status 410");
        assertThat(letter.path("sink").asText()).isEqualTo("webhook");
        assertThat(outbox("?first=1").path("dead_letters")).isEmpty();
        assertThat(outbox("").path("sinks").get(0).path("dead").asInt()).isEqualTo(1);

        receiver.answers(call -> 204);
        assertThat(resend("{}").status()).isEqualTo(400);
        assertThat(resend(Json.write(Map.of(
                                "reason",
                                "x",
                                "events",
                                List.of(UUID.randomUUID().toString()))))
                        .expect(200)
                        .json()
                        .path("resent")
                        .asInt())
                .isZero();
        assertThat(resend(Json.write(Map.of("reason", "mended", "events", List.of(refused.id()))))
                        .expect(200)
                        .json()
                        .path("resent")
                        .asInt())
                .isEqualTo(1);

        receiver.await(call -> call.id().equals(refused.id()) && call.answer() == 204);
        Receiver.Call record = receiver.await(call -> call.type().equals("auth.mfa_outbox_resent")
                && call.json().path("data").path("reason").asText().equals("mended"));
        assertThat(record.json().path("data").path("event_code").asInt()).isEqualTo(10130);
        assertThat(record.json().path("data").path("details").path("rows").asText())
                .isEqualTo("1");
    }

    @Test
    @DisplayName("After its last attempt an event is a dead letter, and holds nothing back any more")
    void attemptsHaveAnEnd() throws Exception {
        receiver.answers(call -> call.type().equals("auth.mfa_failed") ? 500 : 204);
        Member member = realm.enrolled();
        wrong(member);
        realm.backend()
                .password(member.username(), Member.PASSWORD, member.phone().nextCode());
        Map<String, String> waiting = awaitRow(member, "ATTEMPTS > 0");
        assertThat(accepted(member)).isEmpty();

        Map<String, String> dead = awaitRow(
                member,
                "STATE = 'D'",
                () -> server.database()
                        .update("UPDATE MFA_OUTBOX SET ATTEMPTS = 29 WHERE STATE = 'W' AND ID = " + waiting.get("ID")));

        receiver.await(call -> is(call, member, "auth.mfa_verified"));
        assertThat(dead).containsEntry("EVENT_ID", waiting.get("EVENT_ID")).containsEntry("REASON", "HTTP status 500");
    }

    @Test
    @DisplayName(
            "Officers are told of changes of the policy and of settings, and when they are taken off the list; what somebody wrote is text")
    void changesAreAlerts() throws Exception {
        try (Mailbox mailbox = Mailbox.open()) {
            realm.mailsTo(mailbox);
            set("mfa.events.officers", "ciso@example.org").expect(200);
            realm.admin()
                    .send(
                            "POST",
                            realm.name() + "/mfa/policies",
                            "{\"required\":true,\"reason\":\"<b>${7*7}</b>\",\"when\":{\"clients\":[\"shop\"]}}")
                    .expect(201);
            SettingsApi.of(realm).change(Map.of("mfa.claim.ttl", 60)).expect(200);

            assertThat(mailbox.next("ciso@example.org", "a rule of the MFA policy was created"))
                    .contains("&lt;b&gt;$", "<b>${7*7}</b>")
                    .containsOnlyOnce("<b>");
            assertThat(mailbox.next("ciso@example.org", "mfa.claim.ttl"))
                    .contains("a setting of MFA was changed", "60");
            set("mfa.events.officers", "").expect(200);
            assertThat(mailbox.next("ciso@example.org", "Before: ciso@example.org"))
                    .isNotEmpty();
        }
    }

    @Test
    @DisplayName(
            "An officer who can't be reached is a dead letter of his own; the others are told, and of what comes later, too")
    void oneBadAddress() throws Exception {
        try (Mailbox mailbox = Mailbox.open()) {
            realm.mailsTo(mailbox);
            mailbox.refuses("gone@example.org");
            set("mfa.events.officers", "ciso@example.org, gone@example.org, soc@example.org")
                    .expect(200);
            SettingsApi.of(realm).change(Map.of("mfa.claim.ttl", 60)).expect(200);

            assertThat(mailbox.next("ciso@example.org", "mfa.claim.ttl")).isNotEmpty();
            assertThat(mailbox.next("soc@example.org", "mfa.claim.ttl")).isNotEmpty();
            List<Map<String, String>> bad = await(
                    "SELECT * FROM MFA_OUTBOX WHERE REALM_ID = ? AND ADDRESSEE = 'gone@example.org' AND STATE = 'D'",
                    () -> server.database()
                            .update("UPDATE MFA_OUTBOX SET ATTEMPTS = 29, NEXT_AT = 0 WHERE STATE = 'W' AND ADDRESSEE ="
                                    + " 'gone@example.org' AND ATTEMPTS BETWEEN 1 AND 28"));
            JsonNode letter = outbox("").path("dead_letters").get(0);

            assertThat(bad).isNotEmpty();
            assertThat(letter.path("addressee").asText()).isEqualTo("gone@example.org");
            assertThat(letter.path("sink").asText()).isEqualTo("officers");
            assertThat(letter.path("reason").asText()).isEqualTo("the mail server did not take it");
            assertThat(outbox("").path("dead_letters").findValuesAsText("addressee"))
                    .containsOnly("gone@example.org");
            set("mfa.events.officers", "").expect(200);
        }
    }

    @Test
    @DisplayName("A webhook that answers without end is hung up on, and who signs in knows nothing of it")
    void anAnswerWithoutEnd() throws Exception {
        try (EndlessAnswer endless = new EndlessAnswer()) {
            set(URL, endless.address().toString()).expect(200);
            Member member = realm.enrolled();
            wrong(member);
            assertThat(realm.backend()
                            .password(
                                    member.username(),
                                    Member.PASSWORD,
                                    member.phone().nextCode())
                            .granted())
                    .isTrue();

            Map<String, String> row = awaitRow(member, "ATTEMPTS > 0");

            assertThat(row.get("REASON")).startsWith("no answer");
            assertThat(endless.calls()).isPositive();
            assertThat(outbox("").path("sinks").findValuesAsText("failing"))
                    .anyMatch(why -> why.startsWith("no answer"));
            set(URL, receiver.address().toString()).expect(200);
            List<String> happened = realm.audit().of(member.id()).stream()
                    .map(event -> event.text("event_id"))
                    .toList();
            receiver.await(calls -> accepted(member).containsAll(happened), happened.toString());
        }
    }

    @Test
    @DisplayName("A webhook that is switched off is told so, and no record says the token in its address")
    void switchedOff() throws Exception {
        set(URL, "").expect(200);

        Receiver.Call told = receiver.await(call -> call.type().equals("auth.mfa_settings_changed")
                && call.json()
                        .path("data")
                        .path("details")
                        .path("after")
                        .asText()
                        .isEmpty()
                && call.json().path("source").asText().endsWith(realm.name()));
        JsonNode details = told.json().path("data").path("details");

        assertThat(details.path("setting").asText()).isEqualTo(URL);
        assertThat(details.path("before").asText())
                .startsWith("http://127.0.0.1:" + receiver.address().getPort() + "/*** sha256:");
        assertSigned(told);
        String token = receiver.address().getPort() + "/in?tenant";
        assertThat(realm.admin().get(realm.name() + "/mfa/audit").toString()).doesNotContain(token);
        assertThat(realm.admin().get(realm.name() + "/events").toString()).doesNotContain(token);
        assertThat(server.log()).doesNotContain(token);
    }

    @Test
    @DisplayName("API-01: the address of a webhook in a dead letter is whole only to whom the settings are shown")
    void theAddressInADeadLetter() {
        receiver.answers(call -> 410);
        String address = receiver.address().toString();
        set(URL, "").expect(200);
        assertThat(await("SELECT * FROM MFA_OUTBOX WHERE REALM_ID = ? AND STATE = 'D' AND ADDRESSEE <> ''", () -> {}))
                .hasSize(1);
        HelpDesk desk = new HelpDesk(realm);

        String bystander = desk.call("GET", "outbox", "", desk.token("mfa.get_mfa_status"))
                .expect(200)
                .body();
        String officer =
                desk.call("GET", "outbox", "", desk.token("mfa")).expect(200).body();

        assertThat(addressees(bystander)).containsExactly(address.replaceFirst("/in.*", "/***"));
        assertThat(bystander).doesNotContain("tenant=", "/in");
        assertThat(addressees(officer)).containsExactly(address);
    }

    private static List<String> addressees(String outbox) {
        return Json.read(outbox).path("dead_letters").findValuesAsText("addressee");
    }

    @Test
    @DisplayName("A realm with a secret of its own in the vault signs with that one")
    void aSecretOfItsOwn() throws Exception {
        String secret = "whsec_"
                + Base64.getEncoder().encodeToString(realm.name().repeat(4).getBytes(StandardCharsets.UTF_8));
        Files.writeString(postgres.vault().resolve(realm.name() + "_mfa-webhook-secret"), secret);
        set(URL, receiver.address().toString()).expect(200); // or it counts ten minutes later
        Member member = realm.enrolled();
        wrong(member);

        Receiver.Call told = receiver.await(call -> is(call, member, "auth.mfa_failed"));

        assertSigned(told, secret);
        assertThat(server.log()).doesNotContain(secret);
    }

    @Test
    @DisplayName("A realm without a secret of its own does not fill the log with that")
    void noSecretOfItsOwn() throws Exception {
        Member member = realm.enrolled();
        int mark = server.log().length();

        for (int i = 1; i <= 3; i++) {
            int told = i;
            wrong(member);
            receiver.await(calls -> accepted(member).size() >= told, "one after the other");
        }

        assertThat(server.log().substring(mark)).doesNotContain("Cannot find secret " + realm.name());
    }

    @Test
    @DisplayName("Dead letters are removed in time, and that is on the record")
    void deadLettersExpire() throws Exception {
        receiver.answers(call -> call.type().equals("auth.mfa_failed") ? 410 : 204);
        Member member = realm.enrolled();
        wrong(member);
        awaitRow(member, "STATE = 'D'");

        server.database().update("UPDATE MFA_OUTBOX SET NEXT_AT = 1 WHERE STATE = 'D' AND USER_ID = ?", member.id());

        Receiver.Call told = receiver.await(call -> call.type().equals("auth.mfa_outbox_expired")
                && call.json().path("source").asText().endsWith(realm.name()));
        assertThat(told.json().path("data").path("event_code").asInt()).isEqualTo(10131);
        assertThat(told.json().path("data").path("details").path("rows").asText())
                .isEqualTo("1");
        assertThat(outbox("").path("dead_letters")).isEmpty();
    }

    @Test
    @DisplayName("A realm is removed while somebody delivers to it: neither waits for the other")
    void aRealmThatIsRemovedMeanwhile() throws Exception {
        receiver.answers(call -> 503);
        Member member = realm.enrolled();
        wrong(member);
        String realmId = awaitRow(member, "ATTEMPTS > 0").get("REALM_ID");
        try (Connection delivering = server.database().open();
                Statement lock = delivering.createStatement()) {
            delivering.setAutoCommit(false);
            lock.executeQuery("SELECT ID FROM MFA_OUTBOX WHERE REALM_ID = '" + realmId + "' FOR UPDATE")
                    .close();

            realm.admin().delete(realm.name()).expect(204);

            delivering.rollback();
        }
        awaitNothing(realmId);
        aRealmThatTells();
    }

    @Test
    @DisplayName("Keycloak's own listeners know of changed factors: one UPDATE_CREDENTIAL, one REMOVE_CREDENTIAL")
    void keycloakKnowsOfIt() {
        Member member = realm.newcomer();
        EnrollTotpPage enroll =
                realm.password(new Browser(), realm.web().signIn(), member).as(EnrollTotpPage.class);
        enroll.confirm(Phone.with(enroll.secret()).nextCode(), "");
        String enrollment =
                realm.audit().of(member.id(), "auth.mfa_activated").get(0).detail("enrollment_id");

        realm.admin()
                .delete(realm.name() + "/mfa/users/" + member.id() + "/enrollments/" + enrollment + "?reason=x")
                .expect(200);

        for (String type : List.of("UPDATE_CREDENTIAL", "REMOVE_CREDENTIAL")) {
            List<JsonNode> events = new ArrayList<>();
            realm.admin()
                    .get(realm.name() + "/events?type=" + type + "&user=" + member.id())
                    .forEach(events::add);
            assertThat(events)
                    .extracting(event -> event.path("details"))
                    .filteredOn(
                            details -> details.path("credential_type").asText().equals("otp"))
                    .singleElement()
                    .satisfies(details ->
                            assertThat(details.path("credential_id").asText()).isEqualTo(enrollment));
        }
    }

    @Test
    @DisplayName("With its realm goes what waits to be told of it")
    void aRealmThatIsRemoved() {
        receiver.answers(call -> 503);
        Member member = realm.enrolled();
        wrong(member);
        String realmId = awaitRow(member, "STATE = 'W'").get("REALM_ID");

        realm.admin().delete(realm.name()).expect(204);

        awaitNothing(realmId);
        aRealmThatTells();
    }

    @Test
    @DisplayName("Without a secret of the operator there is no webhook; the log needs none, also on H2")
    void withoutASecret(KeycloakServer stock) {
        MfaRealm own = MfaRealm.strict(stock);

        Reply refused = SettingsApi.of(own).change(Map.of(URL, "https://siem.example.org/in"));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains(URL, "the server has no secret to sign with");
        SettingsApi.of(own).change(Map.of("mfa.events.log", true)).expect(200);
        Member member = own.enrolled();
        own.backend()
                .password(member.username(), Member.PASSWORD, member.phone().wrongCode());
        assertThat(awaitLogged(stock, member.id())).hasSize(1);
    }

    @Test
    @DisplayName("An event in the log is one line of JSON")
    void anEventInTheLog() throws Exception {
        set("mfa.events.log", "true").expect(200);
        Member member = realm.enrolled();
        wrong(member);
        Receiver.Call told = receiver.await(call -> is(call, member, "auth.mfa_failed"));

        List<String> lines = awaitLogged(server, told.id());

        assertThat(lines).singleElement().asString().endsWith(told.body());
    }

    private static List<String> awaitLogged(KeycloakServer where, String text) {
        List<String> lines = List.of();
        for (Instant end = Instant.now().plusSeconds(120);
                lines.isEmpty() && Instant.now().isBefore(end); ) {
            lines = where.log()
                    .lines()
                    .filter(line -> line.contains("[io.sallyport.events]") && line.contains(text))
                    .toList();
        }
        return lines;
    }

    private JsonNode outbox(String query) {
        return realm.admin().get(realm.name() + "/mfa/outbox" + query);
    }

    private Reply resend(String body) {
        return realm.admin().send("POST", realm.name() + "/mfa/outbox/resend", body);
    }

    private Map<String, String> awaitRow(Member member, String condition) {
        return awaitRow(member, condition, () -> {});
    }

    private Map<String, String> awaitRow(Member member, String condition, Runnable meanwhile) {
        String sql = "SELECT * FROM MFA_OUTBOX WHERE USER_ID = ? AND " + condition + " ORDER BY ID";
        List<Map<String, String>> rows = List.of();
        for (Instant end = Instant.now().plusSeconds(120);
                rows.isEmpty() && Instant.now().isBefore(end); ) {
            meanwhile.run();
            rows = server.database().rows(sql, member.id());
        }
        return rows.get(0);
    }

    private List<Map<String, String>> await(String sql, Runnable meanwhile) {
        List<Map<String, String>> rows = List.of();
        for (Instant end = Instant.now().plusSeconds(120);
                rows.isEmpty() && Instant.now().isBefore(end); ) {
            meanwhile.run();
            rows = server.database().rows(sql, realmId());
        }
        return rows;
    }

    /** What has arrived is removed. */
    private void awaitNothing(String realmId) {
        List<Map<String, String>> rows;
        Instant end = Instant.now().plusSeconds(120);
        do {
            rows = server.database().rows("SELECT * FROM MFA_OUTBOX WHERE REALM_ID = ?", realmId);
        } while (!rows.isEmpty() && Instant.now().isBefore(end));
        assertThat(rows).isEmpty();
    }

    private List<String> accepted(Member member) {
        return receiver.accepted().stream()
                .filter(call -> call.subject().equals(member.id()))
                .map(Receiver.Call::id)
                .toList();
    }

    private void wrong(Member member) {
        realm.backend()
                .password(member.username(), Member.PASSWORD, member.phone().wrongCode());
    }

    private Reply set(String name, String value) {
        return SettingsApi.of(realm).change(Map.of(name, value));
    }

    private String realmId() {
        return realm.admin().get(realm.name()).path("id").asText();
    }

    /** One about all rows that there are now. */
    private Receiver.Call awaitCheckpoint(Auditor auditor) throws InterruptedException {
        auditor.awaitSealed();
        long rows = Long.parseLong(server.database()
                .rows("SELECT LEAVES FROM MFA_AUDIT_TREE WHERE REALM_ID = ?", realmId())
                .get(0)
                .get("LEAVES"));
        return receiver.await(call -> isOfRealm(call) && isCheckpoint(call) && size(call) >= rows);
    }

    private boolean isOfRealm(Receiver.Call call) {
        return call.json().path("source").asText().equals("/realms/" + realm.name());
    }

    private static boolean isCheckpoint(Receiver.Call call) {
        return call.type().equals("auth.mfa_audit_checkpoint");
    }

    /** How many rows a checkpoint is about. */
    private static long size(Receiver.Call call) {
        String jws = call.json().path("data").path("checkpoint").asText();
        byte[] payload = Base64.getUrlDecoder().decode(jws.split("\\.", -1)[1]);
        return Json.read(new String(payload, StandardCharsets.UTF_8))
                .path("size")
                .asLong();
    }

    private static boolean is(Receiver.Call call, Member member, String type) {
        return call.type().equals(type) && call.subject().equals(member.id());
    }

    /** As a consumer does it that was given the secret, with nothing of ours. */
    private static void assertSigned(Receiver.Call call) {
        assertSigned(call, PostgresServer.WEBHOOK_SECRET);
    }

    private static void assertSigned(Receiver.Call call, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
            String id = call.headers().get("webhook-id");
            String time = call.headers().get("webhook-timestamp");
            byte[] signature = mac.doFinal((id + "." + time + "." + call.body()).getBytes(StandardCharsets.UTF_8));
            assertThat(id).isEqualTo(call.id());
            assertThat(Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), Instant.now())
                            .abs())
                    .isLessThan(Duration.ofMinutes(5));
            assertThat(call.headers())
                    .containsEntry(
                            "webhook-signature", "v1," + Base64.getEncoder().encodeToString(signature));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
