package io.sallyport.journey;

import static io.sallyport.journey.Claims.assertMfa;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A realm that brings its set-up along as attributes. */
@Journey
final class ImportIT {

    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    @Test
    @DisplayName("LIFE-08: attributes of an imported realm set it up, on the record, and its TOTP users sign in")
    void attributesSetTheRealmUp(KeycloakServer server) {
        String name = "i" + UUID.randomUUID().toString().substring(0, 8);
        server.admin().post("", realm(name));
        OidcClient client = new OidcClient(server.realm(name), "app", Optional.empty(), MfaRealm.CALLBACK);

        assertThat(client.password("alice", Member.PASSWORD).error()).isEqualTo("mfa_required");
        assertMfa(client.password("alice", Member.PASSWORD, Phone.with(SECRET).nextCode())
                .tokens()
                .claims());
        assertThat(server.admin().get(name + "/mfa/audit?max=500").path("rows").findValuesAsText("event_type"))
                .contains("auth.mfa_settings_changed", "auth.mfa_policy_created");
    }

    @Test
    @DisplayName("A broken policy in the attributes means: required")
    void aBrokenPolicyMeansRequired(KeycloakServer server) {
        String name = "i" + UUID.randomUUID().toString().substring(0, 8);
        Map<String, Object> broken = new LinkedHashMap<>(realm(name));
        broken.put("attributes", Map.of("mfa.enabled", "true", "mfa.policy", "{\"rules\":[{\"required\":"));
        Reply imported = server.admin().send("POST", "", Json.write(broken));
        OidcClient client = new OidcClient(server.realm(name), "app", Optional.empty(), MfaRealm.CALLBACK);

        if (imported.status() == 201) {
            assertThat(client.password("alice", Member.PASSWORD).granted()).isFalse();
        } else {
            assertThat(imported.status()).as(imported.body()).isBetween(400, 499);
        }
    }

    @Test
    @DisplayName(
            "LIFE-08: a realm that was set up, exported and removed is imported again: MFA holds, nothing is there twice")
    void aSetUpRealmIsImportedAgain(KeycloakServer server) {
        MfaRealm before = MfaRealm.setUp(server, Map.of("mfa.claim.ttl", "120"), Rules.FOR_ALL);
        JsonNode exported = before.admin()
                .send("POST", before.name() + "/partial-export?exportClients=true&exportGroupsAndRoles=true", "")
                .expect(200)
                .json();
        before.admin().delete(before.name()).expect(204);
        ObjectNode again = exported.deepCopy();
        again.set("users", Json.read(Json.write(realm(before.name()).get("users"))));
        again.withObject("/attributes").put("mfa.policy", Json.write(Rules.FOR_ALL)); // rules are no part of an export

        before.admin().send("POST", "", again.toString()).expect(201);

        OidcClient web = before.web();
        assertThat(web.password("alice", Member.PASSWORD).error()).isEqualTo("mfa_required");
        assertMfa(web.password("alice", Member.PASSWORD, Phone.with(SECRET).nextCode())
                .tokens()
                .claims());
        assertThat(before.admin()
                        .get(before.name())
                        .path("attributes")
                        .path("mfa.claim.ttl")
                        .asText())
                .isEqualTo("120");
        assertThat(before.admin()
                        .get(before.name() + "/authentication/required-actions")
                        .findValuesAsText("alias"))
                .containsOnlyOnce("mfa-gate", "mfa-enroll");
        assertThat(before.admin().get(before.name() + "/client-scopes"))
                .filteredOn(scope -> scope.path("name").asText().equals("mfa-claims"))
                .hasSize(1);
    }

    private static Map<String, Object> realm(String name) {
        return Map.of(
                "realm", name,
                "enabled", true,
                "attributes", Map.of("mfa.enabled", "true", "mfa.policy", Json.write(Rules.FOR_ALL)),
                "clients",
                        List.of(Map.of(
                                "clientId",
                                "app",
                                "publicClient",
                                true,
                                "directAccessGrantsEnabled",
                                true,
                                "redirectUris",
                                List.of(URI.create("http://localhost:1/callback")))),
                "users",
                        List.of(Map.of(
                                "username", "alice",
                                "enabled", true,
                                "email", "alice@example.org",
                                "emailVerified", true,
                                "firstName", "Alice",
                                "lastName", "Archer",
                                "credentials",
                                        List.of(
                                                Map.of("type", "password", "value", Member.PASSWORD),
                                                MfaRealm.stockTotp(SECRET)))));
    }
}
