package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is missing or unsafe is said before anybody has to find out. */
@Journey
final class HealthIT {

    private static final String ACTION = "/authentication/required-actions/mfa-gate";

    private final KeycloakServer server;

    HealthIT(KeycloakServer server) {
        this.server = server;
    }

    @Test
    @DisplayName("A realm as set-up made it is sound, but for the password that a first factor takes alone")
    void aRealmAsSetUpMadeIt() {
        MfaRealm realm = MfaRealm.strict(server);

        JsonNode health = health(realm);

        assertThat(health.path("enabled").asBoolean()).isTrue();
        assertThat(health.path("state").asText()).isEqualTo("WARNING");
        assertThat(states(health))
                .isEqualTo("gate OK, guard OK, listener OK, key OK, sealing OK, sinks OK,"
                        + " settings OK, enrollment_proof WARNING");
        assertThat(about(health, "enrollment_proof")).containsExactly("mfa.enrollment.proof");
        SettingsApi.of(realm).change(Map.of("mfa.enrollment.proof", "EMAIL")).expect(200);
        assertThat(health(realm).path("state").asText()).isEqualTo("OK");
    }

    @Test
    @DisplayName("A realm that was never set up is said to be so, and set-up says beforehand what it will change")
    void beforeSetUp() {
        MfaRealm realm = MfaRealm.stock(server);

        JsonNode before = preview(realm);

        assertThat(state(health(realm), "gate")).isEqualTo("WARNING");
        assertThat(before.path("enabled").asBoolean()).isFalse();
        assertThat(before.path("would_remove")).isEmpty();
        List<String> said = texts(before.path("would_change"));
        List<String> done = texts(realm.setUp("").expect(200).json().path("changed"));
        assertThat(said).contains("required action mfa-gate", "setting mfa.enabled = true");
        assertThat(done).containsExactlyInAnyOrderElementsOf(said);
        assertThat(preview(realm).path("would_change")).isEmpty();
    }

    @Test
    @DisplayName("The undo does what was said beforehand")
    void theUndoDoesWhatWasSaid() {
        MfaRealm realm = MfaRealm.setUp(server, Map.of("mfa.claim.ttl", "60"), Rules.FOR_ALL);

        List<String> said = texts(preview(realm).path("would_remove"));

        Reply undone = realm.admin().delete(realm.name() + "/mfa/setup?reason=x");
        assertThat(said).contains("required action mfa-gate", "setting mfa.claim.ttl = default");
        assertThat(texts(undone.json().path("changed"))).containsExactlyInAnyOrderElementsOf(said);
        assertThat(preview(realm).path("would_remove")).isEmpty();
    }

    @Test
    @DisplayName("What somebody took out of the realm is broken by name, and set-up puts it back")
    void whatIsMissingIsNamed() {
        MfaRealm realm = MfaRealm.strict(server);
        realm.admin().delete(realm.name() + ACTION);

        JsonNode health = health(realm);

        assertThat(health.path("state").asText()).isEqualTo("BROKEN");
        assertThat(state(health, "gate")).isEqualTo("BROKEN");
        assertThat(about(health, "gate")).containsExactly("required action mfa-gate");
        assertThat(texts(preview(realm).path("would_change"))).containsExactly("required action mfa-gate");
        realm.setUp("{\"reason\":\"repair\"}").expect(200);
        assertThat(state(health(realm), "gate")).isEqualTo("OK");
    }

    @Test
    @DisplayName("A scope of somebody else's that has our name is said before set-up refuses it")
    void aForeignScope() {
        MfaRealm realm = MfaRealm.stock(server);
        realm.admin().post(realm.name() + "/client-scopes", Map.of("name", "mfa", "protocol", "openid-connect"));

        assertThat(preview(realm).path("problems").toString()).contains("client scope mfa of its own");
        assertThat(realm.setUp("").status()).isEqualTo(400);
    }

    @Test
    @DisplayName("An attribute that says what is not in force is named")
    void aDriftingMirrorIsNamed() {
        MfaRealm realm = MfaRealm.setUp(server, Map.of("mfa.claim.ttl", "60"), Rules.FOR_ALL);
        server.database()
                .update(
                        "UPDATE REALM_ATTRIBUTE SET \"VALUE\" = '3600' WHERE NAME = 'mfa.claim.ttl' AND REALM_ID ="
                                + " (SELECT ID FROM REALM WHERE NAME = ?)",
                        realm.name());
        realm.admin().post(realm.name() + "/clear-realm-cache", Map.of());

        JsonNode health = health(realm);

        assertThat(state(health, "settings")).isEqualTo("WARNING");
        assertThat(about(health, "settings")).containsExactly("mfa.claim.ttl");
    }

    @Test
    @DisplayName("Settings that nobody can read are a finding, not a failure")
    void unreadableSettings() {
        MfaRealm realm = MfaRealm.setUp(server, Map.of("mfa.claim.ttl", "60"), Rules.FOR_ALL);
        server.database()
                .update(
                        "UPDATE MFA_SETTING SET SETTING_VALUE = 'banana' WHERE NAME = 'mfa.claim.ttl' AND REALM_ID ="
                                + " (SELECT ID FROM REALM WHERE NAME = ?)",
                        realm.name());

        JsonNode health = health(realm);

        assertThat(state(health, "settings")).isEqualTo("BROKEN");
        assertThat(about(health, "settings").toString()).contains("mfa.claim.ttl = banana");
    }

    @Test
    @DisplayName("A trail that is no longer sealed is broken: its tree is not what the realm signed")
    void anUnsealedTrail() {
        MfaRealm realm = MfaRealm.strict(server);
        Auditor.await(
                "every row sealed",
                () -> server.database()
                        .rows(
                                "SELECT 1 FROM MFA_AUDIT WHERE LEAF_POSITION IS NULL AND REALM_ID ="
                                        + " (SELECT ID FROM REALM WHERE NAME = ?)",
                                realm.name())
                        .isEmpty());
        server.database()
                .update(
                        "UPDATE MFA_AUDIT_TREE SET JWS = 'x' WHERE REALM_ID = (SELECT ID FROM REALM WHERE NAME = ?)",
                        realm.name());
        realm.backend().password(realm.newcomer().username(), Member.PASSWORD);
        server.database()
                .update(
                        "UPDATE MFA_AUDIT SET TIMESTAMP = TIMESTAMP - 120000 WHERE LEAF_POSITION IS NULL AND REALM_ID ="
                                + " (SELECT ID FROM REALM WHERE NAME = ?)",
                        realm.name());

        JsonNode health = health(realm);

        assertThat(state(health, "sealing")).as(health.toString()).isEqualTo("BROKEN");
    }

    @Test
    @DisplayName("A server whose options switch the guard off, and that has no key, says both")
    void aServerWithoutGuardAndKey() {
        ServerHome home = SharedServer.home("journeys-unguarded");
        try (KeycloakServer other = new KeycloakServer(new ServerPlan(
                        home,
                        Ports.free(),
                        Ports.free(),
                        "admin",
                        Optional.empty(),
                        ServerDatabase.embedded(home, true),
                        List.of("--spi-token-interceptor--mfa-guard--enabled=false")))
                .start()) {
            JsonNode health = health(MfaRealm.strict(other));

            assertThat(health.path("state").asText()).isEqualTo("BROKEN");
            assertThat(state(health, "guard")).isEqualTo("BROKEN");
            assertThat(about(health, "guard")).containsExactly("token-interceptor/mfa-guard");
            assertThat(state(health, "key")).isEqualTo("BROKEN");
            assertThat(state(health, "listener")).isEqualTo("OK");
        }
    }

    private static JsonNode health(MfaRealm realm) {
        return realm.admin().get(realm.name() + "/mfa/health");
    }

    private static JsonNode preview(MfaRealm realm) {
        return realm.admin().get(realm.name() + "/mfa/setup");
    }

    private static JsonNode part(JsonNode health, String name) {
        return StreamSupport.stream(health.path("parts").spliterator(), false)
                .filter(part -> part.path("part").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String state(JsonNode health, String name) {
        return part(health, name).path("state").asText();
    }

    private static List<String> about(JsonNode health, String name) {
        return texts(part(health, name).path("about"));
    }

    private static String states(JsonNode health) {
        return String.join(
                ", ",
                StreamSupport.stream(health.path("parts").spliterator(), false)
                        .map(part -> part.path("part").asText() + " "
                                + part.path("state").asText())
                        .toList());
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
