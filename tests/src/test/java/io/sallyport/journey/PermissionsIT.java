package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** API-01: who may call what, by the roles of the contract and by nothing else. */
@Journey
final class PermissionsIT {

    private static final String NOBODY = "";

    private final MfaRealm realm;

    PermissionsIT(KeycloakServer server) {
        this.realm = MfaRealm.strict(server);
    }

    @ParameterizedTest(name = "{0}: set-up {1}, audit {2}, settings {3}")
    @DisplayName("API-01: one role opens its own calls; a parent opens those of its children")
    @CsvSource({
        "mfa, 200, 200, 200",
        "realm-admin, 200, 200, 200",
        "mfa.get_mfa_status, 403, 200, 403",
        "mfa.mfa_policy, 403, 403, 403",
        "mfa.mfa_policy.get_mfa_policies, 403, 403, 403",
        "mfa.reset_mfa, 403, 403, 403",
        "mfa.disable_mfa, 403, 403, 403",
        "manage-realm, 403, 403, 403",
        "view-events, 403, 403, 403",
        "manage-users, 403, 403, 403"
    })
    void oneRoleOpensItsOwnCalls(String role, int setup, int audit, int settings) {
        String token = tokenWith(role);

        assertThat(call("POST", "setup", "{}", token).status()).as("set-up").isEqualTo(setup);
        assertThat(call("GET", "audit", "", token).status()).as("audit").isEqualTo(audit);
        assertThat(call("GET", "audit/00000000-0000-0000-0000-000000000000/proof", "", token)
                        .status())
                .as("proof of a row that is not there")
                .isEqualTo(audit == 200 ? 404 : audit);
        assertThat(call("GET", "settings", "", token).status()).as("settings").isEqualTo(settings);
        assertThat(call("GET", "setup", "", token).status())
                .as("preview of set-up")
                .isEqualTo(settings);
        assertThat(call("GET", "health", "", token).status()).as("health").isEqualTo(audit);
    }

    @ParameterizedTest(name = "{0}: read {1}, write {2}")
    @DisplayName("API-01: who may read the catalogue of actions, and who may change it")
    @CsvSource({
        "mfa.mfa_policy, 200, 200",
        "mfa.mfa_policy.get_mfa_policies, 200, 403",
        "mfa.mfa_policy.create_mfa_policy, 403, 200",
        "mfa.mfa_policy.delete_mfa_policy, 403, 403",
        "mfa.get_mfa_status, 403, 403"
    })
    void whoMayChangeTheCatalogue(String role, int read, int write) {
        String token = tokenWith(role);

        assertThat(call("GET", "actions", "", token).status()).isEqualTo(read);
        assertThat(call(
                                "PUT",
                                "actions/act_" + role.replaceAll("[^a-z]", "_") + "?reason=x",
                                "{\"description\":\"Do it\"}",
                                token)
                        .status())
                .isEqualTo(write);
    }

    @Test
    @DisplayName("API-01: without a token 401, without a role 403, and the answer says which role is missing")
    void withoutATokenOrARole() {
        String token = tokenWith(NOBODY);

        for (String path : new String[] {"setup", "audit", "settings"}) {
            String method = path.equals("setup") ? "POST" : "GET";
            Reply refused = call(method, path, "{}", token);
            assertThat(refused.status()).as(path).isEqualTo(403);
            assertThat(refused.header("Content-Type").orElse("")).startsWith("application/problem+json");
            assertThat(refused.json().path("error").asText()).isEqualTo("FORBIDDEN");
            assertThat(refused.json().path("error_code").asInt()).isEqualTo(38015);
            assertThat(refused.json().path("problems").toString()).contains("mfa");
            assertThat(call(method, path, "{}", NOBODY).status()).as(path).isEqualTo(401);
        }
        assertThat(call("DELETE", "setup", "", token).status()).isEqualTo(403);
    }

    @Test
    @DisplayName("A role that only a mapper puts into the token opens nothing")
    void aRoleInTheTokenAloneOpensNothing() {
        realm.addClient(
                "forger",
                Map.of(
                        "publicClient",
                        true,
                        "protocolMappers",
                        List.of(Map.of(
                                "name",
                                "forged",
                                "protocol",
                                "openid-connect",
                                "protocolMapper",
                                "oidc-hardcoded-role-mapper",
                                "config",
                                Map.of("role", "realm-management.mfa")))));
        Member member = realm.enrolled();
        OidcClient forger = new OidcClient(realm.address(), "forger", Optional.empty(), MfaRealm.CALLBACK);
        Tokens tokens = forger.password(
                        member.username(), Member.PASSWORD, member.phone().nextCode())
                .tokens();

        assertThat(tokens.claims().path("resource_access").toString()).contains("\"mfa\"");
        assertThat(call("GET", "audit", "", tokens.access()).status()).isEqualTo(403);
    }

    @Test
    @DisplayName("Before the first set-up whoever manages the realm may look at it; afterwards he needs a role")
    void beforeTheFirstSetUp(KeycloakServer server) {
        MfaRealm stock = MfaRealm.stock(server);
        Member manager = stock.newcomer();
        Roles.of(stock).grant(manager.id(), "manage-realm");
        String token = stock.backend()
                .password(manager.username(), Member.PASSWORD)
                .tokens()
                .access();

        assertThat(call(stock, "GET", "audit", "", token).status()).isEqualTo(200);
        stock.setUp(Map.of(), Rules.NONE).expect(200);
        assertThat(call(stock, "GET", "audit", "", token).status()).isEqualTo(403);
    }

    @Test
    @DisplayName("Nobody frees himself: neither by a rule about himself nor by one about a group of his")
    void nobodyFreesHimself() {
        Member writer = realm.enrolled();
        Roles.of(realm).grant(writer.id(), "mfa.mfa_policy");
        String group = AdminApi.idOf(realm.admin().post(realm.name() + "/groups", Map.of("name", "own")));
        realm.admin().put(realm.name() + "/users/" + writer.id() + "/groups/" + group, Map.of());
        String token = realm.backend()
                .password(writer.username(), Member.PASSWORD, writer.phone().nextCode())
                .tokens()
                .access();
        for (String scope : List.of("{\"user\":\"" + writer.username() + "\"}", "{\"group\":\"/own\"}")) {
            String exception =
                    "{\"required\":false,\"reason\":\"x\",\"valid_until\":\"2998-01-01T00:00:00Z\",\"scope\":" + scope
                            + "}";
            Reply refused = call("POST", "policies", exception, token);
            assertThat(refused.status()).as(refused.body()).isEqualTo(403);
            assertThat(refused.json().path("error").asText()).isEqualTo("FORBIDDEN");
        }
        assertThat(call(
                                "POST",
                                "policies",
                                "{\"required\":true,\"reason\":\"x\",\"scope\":{\"group\":\"/own\"}}",
                                token)
                        .status())
                .isEqualTo(201);
    }

    @Test
    @DisplayName("Who may not delete a rule may not switch it off or put it off either")
    void switchingOffIsDeleting() {
        String token = tokenWith("mfa.mfa_policy.create_mfa_policy");
        Reply made = call(
                        "POST",
                        "policies",
                        "{\"required\":true,\"reason\":\"x\",\"when\":{\"clients\":[\"shop\"]}}",
                        token)
                .expect(201);
        String path = "policies/" + made.json().path("id").asText();

        for (String off : List.of(
                "\"required\":true,\"state\":\"DISABLED\"",
                "\"required\":false",
                "\"required\":true,\"valid_from\":\"2998-01-01T00:00:00Z\"")) {
            String body = "{\"version\":1,\"reason\":\"x\",\"when\":{\"clients\":[\"shop\"]}," + off + "}";
            assertThat(call("PUT", path, body, token).status()).isEqualTo(403);
        }
        assertThat(call(
                                "PUT",
                                path,
                                "{\"version\":1,\"reason\":\"x\",\"strength\":\"NO_SMS\",\"required\":true,\"when\":{\"clients\":[\"shop\"]}}",
                                token)
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName(
            "AUD-14: nobody erases himself from the trail, nor an administrator who has an account in the master realm")
    void nobodyErasesTheLiving() {
        SettingsApi.of(realm).change(Map.of("mfa.claim.ttl", "120")).expect(200);
        String master = actorOfTheLastChange();
        Member officer = realm.enrolled();
        Roles.of(realm).grant(officer.id(), "mfa");
        String token = tokenOf(officer);

        Reply own = realm.admin().delete(erasing(master));
        Reply other = call("DELETE", "audit/persons/" + master + "?reason=x", "", token);
        Reply officersOwn = call("DELETE", "audit/persons/" + officer.id() + "?reason=x", "", token);

        assertThat(own.status()).as(own.body()).isEqualTo(403);
        assertThat(own.json().path("problems").path(0).asText()).isEqualTo("nobody erases himself");
        assertThat(other.status()).as(other.body()).isEqualTo(400);
        assertThat(other.json().path("problems").path(0).asText()).contains("has an account");
        assertThat(officersOwn.status()).as(officersOwn.body()).isEqualTo(403);
        assertThat(actorOfTheLastChange()).isEqualTo(master);
        assertThat(realm.admin()
                        .get(realm.name() + "/mfa/audit?type=auth.mfa_failed&actor=" + master)
                        .path("rows"))
                .as("that he tried is on the record")
                .isNotEmpty();
    }

    @ParameterizedTest(name = "enabled {0}")
    @DisplayName("AUD-14: whose directory is switched off or does not answer may have an account, and is not erased")
    @CsvSource({"true", "false"})
    void whoMayHaveAnAccount(String enabled) {
        MfaRealm other = MfaRealm.stock(realm.server());
        Map<String, Object> config = new HashMap<>(SimulateRefusalsIT.ldapThatImportsNobody());
        config.put("enabled", List.of(enabled));
        String directory = AdminApi.idOf(other.admin()
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
                                config)));

        Reply refused = other.admin().delete(other.name() + "/mfa/audit/persons/f:" + directory + ":somebody?reason=x");

        assertThat(refused.status()).as(refused.body()).isEqualTo(503);
        assertThat(refused.json().path("problems").path(0).asText()).contains("partners");
        assertThat(other.admin()
                        .delete(other.name() + "/mfa/audit/persons/f:nothing?reason=x")
                        .status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("API-16: a decision about whom one may not see is refused, in the same words as one about nobody")
    void aDecisionIsForWhoMaySeeTheUser() {
        Member member = realm.newcomer();
        Member monitor = realm.enrolled();
        Roles.of(realm).grant(monitor.id(), "mfa.get_mfa_status");
        String blind = tokenOf(monitor);

        Reply unseen = call("GET", "decision?user=" + member.username(), "", blind);
        Reply unseenById = call("GET", "decision?user_id=" + member.id(), "", blind);
        Reply nobody = call("GET", "decision?user=nobody-at-all", "", blind);

        assertThat(unseen.status()).as(unseen.body()).isEqualTo(403);
        assertThat(withoutItsId(unseenById)).isEqualTo(withoutItsId(unseen));
        assertThat(withoutItsId(nobody)).isEqualTo(withoutItsId(unseen));
        assertThat(call("GET", "users/" + member.id(), "", blind).status()).isEqualTo(403);
        Roles.of(realm).grant(monitor.id(), "view-users");
        assertThat(call("GET", "decision?user=" + member.username(), "", blind).status())
                .isEqualTo(200);
        assertThat(call("GET", "decision?user=nobody-at-all", "", blind).status())
                .isEqualTo(400);
    }

    private static String withoutItsId(Reply reply) {
        return reply.status() + reply.body().replaceAll("\"correlation_id\":\"[^\"]*\"", "");
    }

    private String tokenOf(Member member) {
        return realm.backend()
                .password(member.username(), Member.PASSWORD, member.phone().nextCode())
                .tokens()
                .access();
    }

    private String actorOfTheLastChange() {
        return realm.admin()
                .get(realm.name() + "/mfa/audit?type=auth.mfa_settings_changed&max=1")
                .path("rows")
                .path(0)
                .path("actor")
                .asText();
    }

    private String erasing(String id) {
        return realm.name() + "/mfa/audit/persons/" + id + "?reason=x";
    }

    private String tokenWith(String role) {
        Member member = realm.enrolled();
        if (!role.equals(NOBODY)) {
            Roles.of(realm).grant(member.id(), role);
        }
        return tokenOf(member);
    }

    private Reply call(String method, String path, String body, String token) {
        return call(realm, method, path, body, token);
    }

    private static Reply call(MfaRealm realm, String method, String path, String body, String token) {
        URI address = realm.address().resolve("/admin/realms/" + realm.name() + "/mfa/" + path);
        Map<String, String> headers = new HashMap<>();
        if (!token.equals(NOBODY)) {
            headers.put("Authorization", "Bearer " + token);
        }
        return switch (method) {
            case "GET" -> Http.get(address, headers);
            case "DELETE" -> Http.delete(address, headers);
            default -> Http.sendJson(method, address, body, headers);
        };
    }
}
