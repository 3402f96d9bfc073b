package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An administrator reads and changes the settings of a realm. */
@Journey
final class SettingsIT {

    private static final String CHANGED = "auth.mfa_settings_changed";

    private final KeycloakServer server;
    private final MfaRealm realm;
    private final SettingsApi settings;

    SettingsIT(KeycloakServer server) {
        this.server = server;
        this.realm = MfaRealm.strict(server);
        this.settings = SettingsApi.of(realm);
    }

    @Test
    @DisplayName("Every setting is shown with its default and whether it is set")
    void everySettingIsShown() {
        JsonNode answer = settings.read();

        assertThat(answer.path("settings").findValuesAsText("name"))
                .contains("mfa.enabled", "mfa.methods", "mfa.lockout.threshold", "mfa.network.proxies")
                .doesNotHaveDuplicates();
        answer.path("settings").forEach(one -> {
            assertThat(one.path("label").asText()).isNotBlank();
            assertThat(one.path("help").asText()).isNotBlank();
        });
        JsonNode enabled = SettingsApi.find(answer, "mfa.enabled");
        assertThat(enabled.path("default").asText()).isEqualTo("false");
        assertThat(enabled.path("value").asText()).isEqualTo("true");
        assertThat(enabled.path("set").asBoolean()).isTrue();
        assertThat(SettingsApi.find(answer, "mfa.recovery.count").path("set").asBoolean())
                .isFalse();
        assertThat(answer.path("mirror")).isEmpty();
    }

    @Test
    @DisplayName("AUD-02: a change is in force, mirrored and on the record; null brings the default back")
    void aChangeIsInForceAndOnTheRecord() {
        MfaRealm own = MfaRealm.strict(server);
        SettingsApi its = SettingsApi.of(own);

        JsonNode answer = its.change(Map.of("mfa.lockout.threshold", 2, "mfa.claim.ttl", "60"))
                .expect(200)
                .json();

        assertThat(SettingsApi.find(answer, "mfa.lockout.threshold")
                        .path("value")
                        .asText())
                .isEqualTo("2");
        assertThat(its.attribute("mfa.lockout.threshold")).contains("2");
        assertThat(answer.path("mirror")).isEmpty();
        Member guessed = own.enrolled();
        for (int i = 0; i < 2; i++) {
            own.backend()
                    .password(
                            guessed.username(), Member.PASSWORD, guessed.phone().wrongCode());
        }
        assertThat(own.audit().of(guessed.id(), "auth.mfa_locked")).hasSize(1);

        its.change("{\"reason\":\"back\",\"settings\":{\"mfa.lockout.threshold\":null}}")
                .expect(200);

        assertThat(its.one("mfa.lockout.threshold").path("set").asBoolean()).isFalse();
        assertThat(its.attribute("mfa.lockout.threshold")).isEmpty();
        JsonNode rows =
                own.admin().get(own.name() + "/mfa/audit?type=" + CHANGED).path("rows");
        assertThat(rows).anySatisfy(row -> {
            assertThat(row.path("reason").asText()).isEqualTo("back");
            assertThat(row.path("actor").asText()).isNotBlank();
            assertThat(row.path("details").path("setting").asText()).isEqualTo("mfa.lockout.threshold");
            assertThat(row.path("details").path("before").asText()).isEqualTo("2");
            assertThat(row.path("details").path("after").asText()).isEqualTo("5");
        });
        assertThat(rows).anySatisfy(row -> {
            assertThat(row.path("details").path("setting").asText()).isEqualTo("mfa.claim.ttl");
            assertThat(row.path("details").path("before").asText()).isEqualTo("300");
            assertThat(row.path("details").path("after").asText()).isEqualTo("60");
        });
    }

    @Test
    @DisplayName("Each setting says its bounds or its few values, so that a form can say them before the server does")
    void eachSettingSaysItsBounds() {
        JsonNode answer = settings.read();

        assertThat(SettingsApi.find(answer, "mfa.claim.ttl").path("form").toString())
                .isIn("{\"least\":30,\"most\":3600}", "{\"most\":3600,\"least\":30}");
        assertThat(SettingsApi.find(answer, "mfa.enrollment.proof").path("form").toString())
                .isEqualTo("{\"of\":[\"PASSWORD\",\"EMAIL\",\"PASS\"]}");
        assertThat(SettingsApi.find(answer, "mfa.enabled").path("form").toString())
                .isEqualTo("{\"of\":[\"true\",\"false\"]}");
        assertThat(SettingsApi.find(answer, "mfa.network.proxies").path("form")).isEmpty();
    }

    @Test
    @DisplayName("Who saw something else than is in force changes nothing and is told who was quicker")
    void aStaleViewChangesNothing() {
        MfaRealm own = MfaRealm.strict(server);
        SettingsApi its = SettingsApi.of(own);
        its.change(Map.of("mfa.claim.ttl", "60")).expect(200);

        Reply stale = its.change("{\"reason\":\"x\",\"settings\":{\"mfa.claim.ttl\":\"90\",\"mfa.pass.ttl\":\"600\"},"
                + "\"seen\":{\"mfa.claim.ttl\":\"300\",\"mfa.pass.ttl\":\"3600\"}}");

        assertThat(stale.status()).as(stale.body()).isEqualTo(409);
        assertThat(stale.json().path("error").asText()).isEqualTo("POLICY_CONFLICT");
        assertThat(stale.json().path("problems"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.asText())
                        .startsWith("$.seen.mfa.claim.ttl: is 60 now, changed at 20")
                        .endsWith(" by admin"));
        assertThat(its.one("mfa.claim.ttl").path("value").asText()).isEqualTo("60");
        assertThat(its.one("mfa.pass.ttl").path("value").asText()).isEqualTo("3600");
        its.change("{\"reason\":\"x\",\"settings\":{\"mfa.claim.ttl\":\"90\"},\"seen\":{\"mfa.claim.ttl\":\"60\"}}")
                .expect(200);
    }

    @ParameterizedTest
    @DisplayName("LOCK-16: nonsense is refused with its path, and nothing is changed, not even what was fine")
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"reason\":\"x\"}",
                "{\"settings\":{\"mfa.claim.ttl\":\"60\"}}",
                "{\"reason\":\"\",\"settings\":{\"mfa.claim.ttl\":\"60\"}}",
                "{\"reason\":null,\"settings\":{\"mfa.claim.ttl\":\"60\"}}",
                "{\"reason\":7,\"settings\":{\"mfa.claim.ttl\":\"60\"}}",
                "{\"reason\":\"x\",\"settings\":{\"mfa.claim.ttl\":\"60\"},\"surprise\":1}",
                "{\"reason\":\"x\",\"settings\":{\"mfa.claim.ttl\":\"60\",\"mfa.claim.ttl\":\"90\"}}",
                "{\"reason\":\"x\",\"settings\":{\"mfa.claim.ttl\":\"60\"}} {}",
                "{\"reason\":\"x\",\"settings\":[]}",
                "{\"reason\":\"x\",\"settings\":null}",
                "{\"reason\":\"x\",\"settings\":{\"mfa.claim.ttl\":\"60\",\"mfa.unknown\":\"1\"}}",
                "{\"reason\":\"x\",\"settings\":{\"mfa.claim.ttl\":\"60\",\"mfa.unknown\":null,\"mfa.enabled\":\"no\"}}",
                "{\"reason\":\"x\",\"settings\":{\"mfa.claim.ttl\":60,\"mfa.lockout.threshold\":0}}",
                "{\"reason\":\"x\",\"settings\":{\"mfa.claim.ttl\":60,\"mfa.lockout.threshold\":-1}}",
                "{\"reason\":\"x\",\"settings\":{\"mfa.claim.ttl\":60,\"mfa.lockout.threshold\":2147483648}}",
                "{\"reason\":\"x\",\"settings\":{\"mfa.claim.ttl\":60,\"mfa.lockout.threshold\":5.0}}",
                "{\"reason\":\"x\",\"settings\":{\"mfa.claim.ttl\":60,\"mfa.lockout.threshold\":true}}",
                "{\"reason\":\"x\",\"settings\":{\"mfa.claim.ttl\":60,\"mfa.lockout.threshold\":[3]}}",
                "{\"reason\":\"x\",\"settings\":{\"mfa.claim.ttl\":60,\"mfa.enabled\":1}}",
                "{\"reason\":\"x\",\"settings\":{\"mfa.claim.ttl\":60,\"mfa.network.proxies\":\"10.0.0.1/8\"}}",
                "{\"reason\":\"x\",\"settings\":{\"mfa.claim.ttl\":60,\"mfa.methods\":\"\"}}",
                "{\"reason\":\"x\",\"settings\":{\"mfa.claim.ttl\":60},\"seen\":{\"mfa.claim.tll\":\"300\"}}"
            })
    void nonsenseIsRefused(String body) {
        Reply reply = settings.change(body);

        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.header("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(reply.json().path("error_code").asInt()).isEqualTo(38013);
        assertThat(reply.json().path("problems"))
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.asText()).startsWith("$"));
        assertThat(reply.body()).doesNotContain("Exception", "io.sallyport", "org.keycloak");
        assertThat(settings.one("mfa.claim.ttl").path("set").asBoolean()).isFalse();
    }

    @Test
    @DisplayName("Every problem of a request is told at once")
    void everyProblemIsTold() {
        Reply reply = settings.change(
                "{\"surprise\":1,\"settings\":{\"mfa.claim.ttl\":1,\"mfa.methods\":\"FAX\",\"x\":\"y\",\"mfa.enabled\":{}}}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("problems").toString())
                .contains("$.surprise", "$.reason", "$.settings.mfa.claim.ttl", "$.settings.mfa.methods")
                .contains("$.settings.x", "$.settings.mfa.enabled");
    }

    @Test
    @DisplayName("A text longer than a column is refused, and so is a body of a megabyte and more")
    void whatIsTooLongIsRefused() {
        String networks = "10.0.0.0/8,".repeat(300) + "10.0.0.0/8";

        assertThat(settings.change(Map.of("mfa.network.proxies", networks)).status())
                .isEqualTo(400);
        assertThat(settings.change(Map.of("mfa.network.proxies", networks.repeat(400)))
                        .status())
                .isEqualTo(413);
    }

    @Test
    @DisplayName("What is not changed leaves no trace")
    void whatIsNotChangedLeavesNoTrace() {
        int before = rows();

        settings.change(Map.of("mfa.enabled", true)).expect(200);

        assertThat(rows()).isEqualTo(before);
    }

    @Test
    @DisplayName("An administrator of the realm needs a fresh proof to change settings, and none to read them")
    void aRealmAdministratorNeedsAFreshProof() {
        MfaRealm own = MfaRealm.setUp(server, Map.of(), Rules.NONE);
        Member proven = own.enrolled();
        Member unproven = own.newcomer();
        Roles.of(own).grant(proven.id(), "mfa");
        Roles.of(own).grant(unproven.id(), "mfa");
        String body = "{\"reason\":\"shorter\",\"settings\":{\"mfa.claim.ttl\":\"60\"}}";
        String withProof = own.backend()
                .password(proven.username(), Member.PASSWORD, proven.phone().nextCode())
                .tokens()
                .access();
        String without = own.backend()
                .password(unproven.username(), Member.PASSWORD)
                .tokens()
                .access();

        assertThat(call(own, "GET", without, "").status()).isEqualTo(200);
        Reply refused = call(own, "PUT", without, body);
        assertThat(refused.status()).as(refused.body()).isEqualTo(403);
        assertThat(refused.json().path("error").asText()).isEqualTo("MFA_REQUIRED");
        assertThat(call(own, "PUT", withProof, body).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("Nobody switches MFA on for himself without having proved a factor; a master administrator may")
    void whoMayEnable() {
        MfaRealm own = MfaRealm.setUp(server, Map.of(), Rules.FOR_ALL);
        own.admin().delete(own.name() + "/mfa/setup").expect(200);
        Member administrator = own.newcomer();
        Roles.of(own).grant(administrator.id(), "mfa");
        String token = own.backend()
                .password(administrator.username(), Member.PASSWORD)
                .tokens()
                .access();
        String enable = "{\"reason\":\"on\",\"settings\":{\"mfa.enabled\":true}}";

        Reply refused = call(own, "PUT", token, enable);

        assertThat(refused.status()).as(refused.body()).isEqualTo(403);
        assertThat(SettingsApi.of(own).one("mfa.enabled").path("value").asText())
                .isEqualTo("false");
        SettingsApi.of(own).change(enable).expect(200);
        assertThat(own.backend()
                        .password(own.newcomer().username(), Member.PASSWORD)
                        .error())
                .isEqualTo("mfa_required");
        assertThat(own.admin()
                        .get(own.name() + "/authentication/required-actions")
                        .findValuesAsText("alias"))
                .contains("mfa-gate");
    }

    private int rows() {
        return realm.admin()
                .get(realm.name() + "/mfa/audit?type=" + CHANGED)
                .path("rows")
                .size();
    }

    private static Reply call(MfaRealm realm, String method, String token, String body) {
        URI address = realm.address().resolve("/admin/realms/" + realm.name() + "/mfa/settings");
        Map<String, String> bearer = Map.of("Authorization", "Bearer " + token);
        return method.equals("GET") ? Http.get(address, bearer) : Http.sendJson(method, address, body, bearer);
    }
}
