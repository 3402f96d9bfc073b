package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The roles of the contract are there for whoever administers a realm, from wherever he does it. */
@Journey
final class RolesIT {

    private static final String[] IN_MFA = {
        "mfa.confirm_mfa_enrollment",
        "mfa.create_mfa_challenge",
        "mfa.disable_mfa",
        "mfa.enroll_mfa",
        "mfa.get_mfa_status",
        "mfa.mfa_policy",
        "mfa.reset_mfa",
        "mfa.verify_mfa_challenge"
    };
    private static final String[] IN_POLICY = {
        "mfa.mfa_policy.create_mfa_policy", "mfa.mfa_policy.delete_mfa_policy", "mfa.mfa_policy.get_mfa_policies"
    };

    private final KeycloakServer server;

    RolesIT(KeycloakServer server) {
        this.server = server;
    }

    @Test
    @DisplayName("API-01: set-up makes the roles of the contract, in the realm and in the master realm")
    void setUpMakesTheRoles() {
        MfaRealm realm = MfaRealm.stock(server);

        JsonNode changed = realm.setUp(Map.of(), Rules.NONE).expect(200).json().path("changed");

        assertThat(changed.toString()).containsOnlyOnce("roles mfa.*");
        assertAllThere(Roles.of(realm));
        assertAllThere(Roles.inMaster(realm.admin(), realm.name()));
        assertThat(Roles.of(realm).inside("realm-admin", "mfa")).containsExactly("mfa");
        assertThat(realm.admin().get("master/roles/admin/composites").findValuesAsText("name").stream()
                        .filter(name -> name.startsWith("mfa"))
                        .distinct())
                .containsExactly("mfa");
        assertThat(realm.setUp(Map.of(), Rules.NONE).json().path("changed")).isEmpty();
    }

    @Test
    @DisplayName("Nobody can delete such a role, and the removal of the set-up keeps them all with their grants")
    void theRolesStay() {
        MfaRealm realm = MfaRealm.setUp(server, Map.of(), Rules.NONE);
        Roles roles = Roles.of(realm);

        assertThat(roles.delete("mfa.reset_mfa").status()).isEqualTo(403);
        realm.admin().delete(realm.name() + "/mfa/setup").expect(200);

        assertAllThere(roles);
    }

    @Test
    @DisplayName("A realm that is imported set up has them too")
    void anImportedRealmHasThem() {
        String name = "i" + UUID.randomUUID().toString().substring(0, 8);

        server.admin().post("", Map.of("realm", name, "enabled", true, "attributes", Map.of("mfa.enabled", "true")));

        assertAllThere(new Roles(server.admin(), name, "realm-management"));
        assertAllThere(Roles.inMaster(server.admin(), name));
    }

    @Test
    @DisplayName("The master realm has them on the one client that administers it")
    void theMasterRealmHasThemOnce() {
        AdminApi admin = server.admin();
        Map<String, String> machine = Map.of("Authorization", "Bearer " + serviceAccountOfMaster(admin));
        URI setup = server.address().resolve("/admin/realms/master/mfa/setup");

        try {
            Http.sendJson("POST", setup, "{\"policy\":{\"rules\":[]}}", machine).expect(200);

            assertAllThere(Roles.inMaster(admin, "master"));
            assertThat(admin.get("master/clients?clientId=realm-management")).isEmpty();
        } finally {
            Http.delete(setup, machine).expect(200);
        }
    }

    /** Exempt from MFA: while the master realm is set up, its administrator without a factor may change nothing. */
    private String serviceAccountOfMaster(AdminApi admin) {
        String id = AdminApi.idOf(admin.post(
                "master/clients",
                Map.of("clientId", "machine", "secret", "for-this-journey", "serviceAccountsEnabled", true)));
        String user = admin.get("master/clients/" + id + "/service-account-user")
                .path("id")
                .asText();
        admin.post("master/users/" + user + "/role-mappings/realm", List.of(admin.get("master/roles/admin")));
        return new OidcClient(server.realm("master"), "machine", Optional.of("for-this-journey"), MfaRealm.CALLBACK)
                .clientCredentials()
                .tokens()
                .access();
    }

    private static void assertAllThere(Roles roles) {
        assertThat(roles.names("mfa"))
                .contains("mfa")
                .contains(IN_MFA)
                .contains(IN_POLICY)
                .hasSize(12);
        assertThat(roles.inside("mfa", "")).containsExactly(IN_MFA);
        assertThat(roles.inside("mfa.mfa_policy", "")).containsExactly(IN_POLICY);
    }
}
