package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** An administrator states which actions need a proof of their own, one by one and with the whole policy. */
@Journey
@TestInstance(Lifecycle.PER_METHOD)
final class ActionsIT {

    private static final Map<String, Object> PAYMENT = Map.of(
            "description",
            "Pay {amount} {currency} to {payee}",
            "translations",
            Map.of("de", "{amount} {currency} an {payee} zahlen"),
            "fields",
            List.of(Map.of("name", "amount", "kind", "NUMBER"), Map.of("name", "currency"), Map.of("name", "payee")),
            "strength",
            "NO_SMS",
            "ttl",
            180);

    private final MfaRealm realm;

    ActionsIT(KeycloakServer server) {
        this.realm = MfaRealm.setUp(server, Map.of(), Rules.NONE);
    }

    @Test
    @DisplayName("An action is made, changed by who has seen it, and deleted; every version is kept, with who and why")
    void anActionHasVersions() {
        JsonNode made = put("approve_payment", PAYMENT).expect(200).json();
        assertThat(made.path("version").asInt()).isEqualTo(1);
        assertThat(made.path("fields").path(0).path("required").asBoolean()).isTrue();
        assertThat(put("approve_payment", PAYMENT).status()).as("not seen").isEqualTo(409);
        assertThat(put("approve_payment", with("version", 1))
                        .expect(200)
                        .json()
                        .path("version")
                        .asInt())
                .as("says the same")
                .isEqualTo(1);

        Map<String, Object> stronger = with("version", 1, "strength", "PHISHING_RESISTANT");
        assertThat(put("approve_payment", stronger)
                        .expect(200)
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(2);
        assertThat(put("approve_payment", stronger).status()).as("stale").isEqualTo(409);
        assertThat(call("DELETE", "approve_payment?version=1&reason=x", "").status())
                .as("stale")
                .isEqualTo(409);
        call("DELETE", "approve_payment?version=2&reason=no+longer+needed", "").expect(204);

        assertThat(call("GET", "approve_payment", "").status()).isEqualTo(404);
        assertThat(call("DELETE", "approve_payment?reason=x", "").status()).isEqualTo(404);
        JsonNode history =
                call("GET", "approve_payment/history", "").expect(200).json().path("history");
        assertThat(history).hasSize(3);
        assertThat(history.path(0).path("reason").asText()).isEqualTo("no longer needed");
        assertThat(history.path(0).has("after")).isFalse();
        assertThat(history.path(1).path("after").path("strength").asText()).isEqualTo("PHISHING_RESISTANT");
        assertThat(realm.admin()
                        .get(realm.name() + "/mfa/audit?type=auth.mfa_policy_updated")
                        .toString())
                .contains("approve_payment", "a journey");
        assertThat(put("approve_payment", PAYMENT)
                        .expect(200)
                        .json()
                        .path("version")
                        .asInt())
                .as("made again")
                .isEqualTo(4);
    }

    @Test
    @DisplayName("The policy's document holds the catalogue; without a word about it the catalogue stays")
    void theDocumentHoldsTheCatalogue() {
        Policies policies = Policies.of(realm);
        Map<String, Object> payment = with("type", "approve_payment");
        Map<String, Object> export = Map.of("type", "export_all_data", "description", "Export all data");
        Map<String, Object> both = Map.of("rules", List.of(), "actions", List.of(payment, export));

        assertThat(changes(policies.replace("?dry_run=true", both))).hasSize(2);
        assertThat(listed()).isEmpty();
        assertThat(changes(policies.replace("?reason=x", both))).hasSize(2);
        assertThat(listed()).hasSize(2);
        JsonNode document = policies.document();
        assertThat(changes(policies.replace("?reason=x", Json.write(document)))).isEmpty();
        assertThat(changes(policies.replace("?reason=x", Map.of("rules", List.of()))))
                .isEmpty();
        assertThat(listed()).hasSize(2);

        assertThat(policies.replace("?reason=x", Json.write(document)).status())
                .as("the catalogue has not changed since")
                .isEqualTo(200);
        put("export_all_data", Map.of("description", "Export everything", "version", 1))
                .expect(200);
        assertThat(policies.replace("?reason=x", Json.write(document)).status())
                .as("it has")
                .isEqualTo(409);
        assertThat(changes(policies.replace("?reason=x", Map.of("rules", List.of(), "actions", List.of(export)))))
                .hasSize(2);
        assertThat(listed()).hasSize(1);
    }

    @Test
    @DisplayName("Bad input: everything that is wrong is named, and nothing changes")
    void badInput() {
        Map<String, Object> bad = Map.of(
                "description",
                "Pay {sum}",
                "fields",
                List.of(Map.of("name", "Amount")),
                "strength",
                "STRONG",
                "methods",
                List.of("RECOVERY_CODE"),
                "ttl",
                601,
                "approved",
                true);

        Reply refused = put("approve_payment", bad);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(Policies.problems(refused))
                .extracting(problem -> problem.split(":", 2)[0])
                .contains("$.fields[0].name", "$.strength", "$.methods", "$.ttl", "$.approved");
        assertThat(put("approve_payment", with("type", "other")).status()).isEqualTo(400);
        assertThat(put("sign_in", PAYMENT).status()).isEqualTo(400);
        assertThat(put("Approve", PAYMENT).status()).isEqualTo(400);
        assertThat(put("approve_payment?reason=", PAYMENT).status()).isEqualTo(400);
        assertThat(call("PUT", "approve_payment?reason=x", "{\"description\":\"a\",\"description\":\"b\"}")
                        .status())
                .isEqualTo(400);
        assertThat(listed()).isEmpty();
    }

    @Test
    @DisplayName("Set-up takes the catalogue with the policy")
    void setUpTakesTheCatalogue() {
        realm.setUp(Map.of(), Map.of("rules", List.of(), "actions", List.of(with("type", "approve_payment"))))
                .expect(200);

        assertThat(listed().path(0).path("type").asText()).isEqualTo("approve_payment");
    }

    private static Map<String, Object> with(Object... more) {
        Map<String, Object> action = new HashMap<>(PAYMENT);
        for (int i = 0; i < more.length; i += 2) {
            action.put((String) more[i], more[i + 1]);
        }
        return action;
    }

    private static JsonNode changes(Reply reply) {
        return reply.expect(200).json().path("action_changes");
    }

    private JsonNode listed() {
        return realm.admin().get(realm.name() + "/mfa/actions").path("actions");
    }

    private Reply put(String type, Map<String, Object> action) {
        return call("PUT", type.contains("?") ? type : type + "?reason=a+journey", Json.write(action));
    }

    private Reply call(String method, String path, String body) {
        return realm.admin().send(method, realm.name() + "/mfa/actions/" + path, body);
    }
}
