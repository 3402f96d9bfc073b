package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Another tool updates a realm as a whole, and knows nothing of MFA. */
@Journey
final class MirrorIT {

    private final KeycloakServer server;

    MirrorIT(KeycloakServer server) {
        this.server = server;
    }

    @Test
    @DisplayName("A full update that drops all attributes changes nothing in force; they come back, on the record")
    void droppedAttributesComeBack() {
        MfaRealm realm = MfaRealm.setUp(server, Map.of("mfa.claim.ttl", "60"), Rules.FOR_ALL);

        update(realm, Map.of());

        assertInForce(realm);
        SettingsApi settings = SettingsApi.of(realm);
        assertThat(settings.attribute("mfa.enabled")).contains("true");
        assertThat(settings.attribute("mfa.claim.ttl")).contains("60");
        assertThat(settings.read().path("mirror")).isEmpty();
        assertThat(restored(realm)).singleElement().satisfies(row -> {
            assertThat(row.path("outcome").asText()).isEqualTo("SUCCESS");
            assertThat(row.path("actor").asText()).isNotBlank();
            assertThat(row.path("details").path("setting").asText())
                    .isEqualTo("mfa.enabled mfa.methods mfa.claim.ttl acr.loa.map");
        });
        assertThat(server.log()).contains("Realm " + realm.name() + " had other attributes than its settings");
    }

    @Test
    @DisplayName("Attributes that say otherwise, or nonsense, switch nothing off and are put right")
    void otherAttributesArePutRight() {
        MfaRealm realm = MfaRealm.setUp(server, Map.of("mfa.claim.ttl", "60"), Rules.FOR_ALL);

        update(
                realm,
                Map.of(
                        "mfa.enabled", "false",
                        "mfa.claim.ttl", "banana",
                        "mfa.lockout.threshold", "1000",
                        "mfa.policy", "{\"rules\":[]}",
                        "other", "stays"));

        assertInForce(realm);
        SettingsApi settings = SettingsApi.of(realm);
        assertThat(settings.attribute("mfa.enabled")).contains("true");
        assertThat(settings.attribute("mfa.claim.ttl")).contains("60");
        assertThat(settings.attribute("mfa.lockout.threshold")).isEmpty();
        assertThat(settings.attribute("mfa.policy")).contains("{\"rules\":[]}");
        assertThat(settings.attribute("other")).contains("stays");
        assertThat(restored(realm)).hasSize(1);
    }

    @Test
    @DisplayName("An attribute alone does not switch MFA on in a realm that was never set up")
    void anAttributeAloneEnablesNothing() {
        MfaRealm realm = MfaRealm.stock(server);

        update(realm, Map.of("mfa.enabled", "true"));

        assertThat(realm.backend()
                        .password(realm.newcomer().username(), Member.PASSWORD)
                        .granted())
                .isTrue();
        assertThat(SettingsApi.of(realm).attribute("mfa.enabled")).isEmpty();
        assertThat(SettingsApi.of(realm).one("mfa.enabled").path("value").asText())
                .isEqualTo("false");
    }

    @Test
    @DisplayName("An update that leaves the attributes alone leaves no trace")
    void anUpdateThatLeavesThemAlone() {
        MfaRealm realm = MfaRealm.setUp(server, Map.of("mfa.claim.ttl", "60"), Rules.FOR_ALL);

        realm.change(Map.of("displayName", "Acme"));
        update(
                realm,
                Map.of(
                        "mfa.enabled",
                        "true",
                        "mfa.methods",
                        "TOTP",
                        "mfa.claim.ttl",
                        "60",
                        "acr.loa.map",
                        "{\"mfa\":-1}"));

        assertThat(restored(realm)).isEmpty();
    }

    @Test
    @DisplayName("What could not be restored yet is shown, and the next update of the realm restores it")
    void whatIsNotRestoredYetIsShown() {
        MfaRealm realm = MfaRealm.setUp(server, Map.of("mfa.claim.ttl", "60"), Rules.FOR_ALL);
        server.database()
                .update(
                        "UPDATE REALM_ATTRIBUTE SET \"VALUE\" = '3600' WHERE NAME = 'mfa.claim.ttl' AND REALM_ID ="
                                + " (SELECT ID FROM REALM WHERE NAME = ?)",
                        realm.name());
        realm.admin().post(realm.name() + "/clear-realm-cache", Map.of());

        JsonNode mirror = SettingsApi.of(realm).read().path("mirror");

        assertThat(mirror).singleElement().satisfies(drift -> {
            assertThat(drift.path("name").asText()).isEqualTo("mfa.claim.ttl");
            assertThat(drift.path("found").asText()).isEqualTo("3600");
            assertThat(drift.path("expected").asText()).isEqualTo("60");
        });
        assertThat(SettingsApi.of(realm).one("mfa.claim.ttl").path("value").asText())
                .isEqualTo("60");
        realm.change(Map.of("displayName", "Acme"));
        assertThat(SettingsApi.of(realm).read().path("mirror")).isEmpty();
    }

    @Test
    @DisplayName("Settings of an imported realm that is not switched on are kept until it is")
    void settingsOfAnImportAreKept() {
        String name = "i" + UUID.randomUUID().toString().substring(0, 8);
        server.admin().post("", Map.of("realm", name, "enabled", true, "attributes", Map.of("mfa.claim.ttl", "60")));

        SettingsApi settings = new SettingsApi(server.admin(), name);

        assertThat(settings.one("mfa.claim.ttl").path("value").asText()).isEqualTo("60");
        assertThat(settings.one("mfa.enabled").path("value").asText()).isEqualTo("false");
        assertThat(settings.read().path("mirror")).isEmpty();
    }

    /** As tools do: the whole representation with attributes of their own in place of what was there. */
    private static void update(MfaRealm realm, Map<String, String> attributes) {
        ObjectNode whole = (ObjectNode) realm.admin().get(realm.name());
        whole.putPOJO("attributes", attributes);
        realm.admin().put(realm.name(), whole);
    }

    private static void assertInForce(MfaRealm realm) {
        assertThat(realm.backend()
                        .password(realm.newcomer().username(), Member.PASSWORD)
                        .error())
                .isEqualTo("mfa_required");
    }

    private static Iterable<JsonNode> restored(MfaRealm realm) {
        return realm.admin()
                .get(realm.name() + "/mfa/audit?type=auth.mfa_settings_changed")
                .path("rows")
                .valueStream()
                .filter(row -> row.path("reason").asText().equals("mirror_restored"))
                .toList();
    }
}
