package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a simulation does not answer, and what it tells that its numbers leave out. */
@Journey
final class SimulateRefusalsIT {

    private static final Map<String, Object> POLICY = Map.of(
            "rules",
            List.of(
                    Map.of("id", "staff", "required", false),
                    Map.of(
                            "id",
                            "later",
                            "required",
                            true,
                            "state",
                            "REPORT_ONLY",
                            "when",
                            Map.of("clients", List.of("web")))));

    private final KeycloakServer server;
    private final MfaRealm realm;
    private final Simulate simulate;

    SimulateRefusalsIT(KeycloakServer server) {
        this.server = server;
        this.realm = MfaRealm.setUp(server, Map.of(), POLICY);
        this.simulate = new Simulate(server, realm);
    }

    @Test
    @DisplayName("What makes the numbers less than they seem is told: a draft that decides nothing, people elsewhere")
    void warnings() {
        MfaRealm other = MfaRealm.stock(server);
        other.admin()
                .post(
                        other.name() + "/components",
                        Map.of(
                                "name",
                                "partners",
                                "providerId",
                                "ldap",
                                "providerType",
                                "org.keycloak.storage.UserStorageProvider",
                                "config",
                                ldapThatImportsNobody()));
        Map<String, Object> draft = new HashMap<>(Map.of("name", "everybody", "required", true));
        draft.put("state", "DISABLED");

        JsonNode answer = other.admin()
                .send("POST", other.name() + "/mfa/simulate", Json.write(Map.of("rule", draft)))
                .expect(200)
                .json();

        assertThat(StreamSupport.stream(answer.path("summary").path("warnings").spliterator(), false)
                        .map(JsonNode::asText))
                .anyMatch(text -> text.contains("not in force"))
                .anyMatch(text -> text.contains("partners"))
                .anyMatch(text -> text.contains("DISABLED"))
                .hasSize(3);
    }

    @ParameterizedTest
    @DisplayName("Bad input is refused with every problem and its path")
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | $: no JSON",
                "[] | $: want an object",
                "{} | $: want exactly one of",
                "{\"rule\":{\"required\":true},\"enforce\":[\"later\"]} | $: want exactly one of",
                "{\"rule\":{\"required\":true},\"rule\":{\"required\":true}} | $: no JSON",
                "{\"rule\":{\"required\":true}} {} | $: no JSON",
                "{\"rule\":{\"required\":true},\"surprise\":1} | $.surprise: unknown field",
                "{\"rule\":{\"surprise\":1}} | $.rule.surprise: unknown field",
                "{\"rule\":{\"surprise\":1}} | $.rule.required: is missing",
                "{\"rule\":null} | $.rule: want an object",
                "{\"rule\":[]} | $.rule: want an object",
                "{\"document\":{}} | $.document.rules: is missing",
                "{\"document\":[]} | $.document: want an object",
                "{\"document\":{\"rules\":[{}]}} | $.document.rules[0].required: is missing",
                "{\"enforce\":[]} | $.enforce: want a list",
                "{\"enforce\":\"later\"} | $.enforce: want a list",
                "{\"enforce\":[\"nothing\"]} | $.enforce[0]: there is no rule",
                "{\"enforce\":[\"staff\"]} | $.enforce[0]: state is ENFORCED",
                "{\"enforce\":[\"later\",\"later\"]} | $.enforce[1]: stands twice",
                "{\"enforce\":[\"later\"],\"context\":[]} | $.context: want an object",
                "{\"enforce\":[\"later\"],\"context\":{\"x\":1}} | $.context.x: unknown field",
                "{\"enforce\":[\"later\"],\"context\":{\"client\":\"nobody\"}} | $.context.client: want a client",
                "{\"enforce\":[\"later\"],\"context\":{\"address\":\"10.0.0.0/8\"}} | $.context.address: want an",
                "{\"enforce\":[\"later\"],\"context\":{\"address\":\"example.org\"}} | $.context.address: want an",
                "{\"enforce\":[\"later\"],\"context\":{\"identity_provider\":\"x\"}} | $.context.identity_provider: want",
                "{\"enforce\":[\"later\"],\"show\":[]} | $.show: want a list",
                "{\"enforce\":[\"later\"],\"show\":[\"MUST_ENROLL\"]} | $.show[0]: want must_enroll",
                "{\"enforce\":[\"later\"],\"after\":1} | $.after: want the id",
                "{\"enforce\":[\"later\"],\"max\":0} | $.max: want a whole number",
                "{\"enforce\":[\"later\"],\"max\":1001} | $.max: want a whole number",
                "{\"enforce\":[\"later\"],\"max\":\"1\"} | $.max: want a whole number",
                "{\"enforce\":[\"later\"],\"max\":1.5} | $.max: want a whole number"
            })
    void badInput(String body, String problem) {
        Reply reply = simulate.post(simulate.token(), body, "application/json");

        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.header("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(reply.json().path("problems"))
                .as(reply.body())
                .anyMatch(found -> found.asText().startsWith(problem.trim()));
        assertThat(reply.body()).doesNotContain("Exception", "io.sallyport", "org.keycloak");
    }

    @Test
    @DisplayName("Bad input for a stream is refused as well, before the first line; a huge one is not read")
    void badInputForAStream() {
        Reply bad = simulate.post(simulate.token(), "{\"enforce\":[\"nothing\"]}", "application/x-ndjson");
        Reply huge =
                simulate.post(simulate.token(), "{\"rule\":\"" + "x".repeat(6_000_000) + "\"}", "application/json");

        assertThat(bad.status()).as(bad.body()).isEqualTo(400);
        assertThat(bad.json().path("problems")).isNotEmpty();
        assertThat(huge.status()).as(huge.body()).isEqualTo(413);
    }

    @Test
    @DisplayName("API-01: it needs the permission to read policies")
    void itNeedsThePermission() {
        String body = Json.write(Map.of("enforce", List.of("later")));
        Structure structure = new Structure(realm);
        Member administrator = realm.newcomer();
        structure.give(administrator, structure.existing("realm-management", "view-realm"));
        Member reader = realm.newcomer();
        structure.give(reader, structure.existing("realm-management", "mfa.mfa_policy.get_mfa_policies"));

        assertThat(simulate.post(token(realm.newcomer()), body, "application/json")
                        .status())
                .isEqualTo(403);
        assertThat(simulate.post(token(administrator), body, "application/x-ndjson")
                        .status())
                .isEqualTo(403);
        assertThat(simulate.post(token(reader), body, "application/json").status())
                .isEqualTo(200);
        assertThat(simulate.post("nonsense", body, "application/json").status()).isEqualTo(401);
    }

    private String token(Member member) {
        return realm.backend()
                .password(member.username(), Member.PASSWORD)
                .tokens()
                .access();
    }

    /** A directory that does not answer. */
    static Map<String, Object> ldapThatImportsNobody() {
        Map<String, Object> config = new HashMap<>();
        Map.of(
                        "importEnabled", "false",
                        "editMode", "READ_ONLY",
                        "vendor", "other",
                        "connectionUrl", "ldap://localhost:1",
                        "usersDn", "ou=people,dc=example,dc=org",
                        "usernameLDAPAttribute", "uid",
                        "rdnLDAPAttribute", "uid",
                        "uuidLDAPAttribute", "entryUUID",
                        "userObjectClasses", "person",
                        "authType", "none")
                .forEach((key, value) -> config.put(key, List.of(value)));
        return config;
    }
}
