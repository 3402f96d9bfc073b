package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The example application: a payment is released only for an approval of exactly that payment, and once. */
@Journey
final class PaymentsIT {

    private static final Map<String, Object> RUN =
            Map.of("amount", 1250.5, "currency", "EUR", "payee", "Ada Paper Supplies");

    private final MfaRealm realm;
    private final PaymentsExample example;
    private final OidcClient client;

    PaymentsIT(KeycloakServer server) {
        this.realm = MfaRealm.stock(server);
        realm.setUp(Map.of(), policy()).expect(200);
        realm.change(Chromium.REALM_NAME);
        int port = Ports.free();
        URI callback = URI.create("http://localhost:" + port + "/callback");
        String id = realm.addClient(
                PaymentsExample.CLIENT,
                Map.of(
                        "publicClient",
                        true,
                        "redirectUris",
                        List.of(callback.toString()),
                        "protocolMappers",
                        List.of(MfaRealm.audience(PaymentsExample.CLIENT))));
        SelfService.reachable(realm, id);
        Installation installation = Installation.find();
        this.example = PaymentsExample.start(
                installation, realm.address(), port, installation.root().resolve("tests/target/payments.log"));
        this.client = new OidcClient(realm.address(), PaymentsExample.CLIENT, Optional.empty(), callback);
    }

    @AfterAll
    void stop() {
        example.close();
    }

    @Test
    @DisplayName("SU-01, SU-02, SU-08: its endpoint takes an approval of this payment, once, and nothing else")
    void theEndpoint() {
        Member member = realm.enrolled();
        String session = client.password(
                        member.username(),
                        Member.PASSWORD,
                        Map.of("totp", member.phone().nextCode(), "scope", "openid mfa"))
                .tokens()
                .access();
        assertThat(release("2026-042", session).status())
                .as("a sign-in seconds ago")
                .isEqualTo(403);
        assertThat(release("2026-042", "none").status()).isEqualTo(401);

        String other = approve(session, member);
        assertThat(release("2026-041", other).status()).as("another payment").isEqualTo(403);
        assertThat(release("2026-042", other).status()).as("void since").isEqualTo(403);
        String approved = approve(session, member);
        release("2026-042", approved).expect(204);
        Reply again = release("2026-042", approved);

        assertThat(again.status()).isEqualTo(403);
        assertThat(again.json().path("error").asText()).isEqualTo("MFA_REQUIRED");
        assertThat(again.json().path("error_code").asInt()).isEqualTo(38005);
        assertThat(realm.audit().of(member.id(), "auth.mfa_approval_spent")).hasSize(1);
        assertThat(realm.audit().of(member.id(), "auth.mfa_failed"))
                .extracting(Audit.Row::reason)
                .contains("approval_mismatch");
    }

    @Test
    @DisplayName("In the browser: approve exactly this payment with a fresh code, and be refused at the second press")
    void aPersonApproves() throws IOException {
        try (Chromium browser = Chromium.open("payments")) {
            Member member = realm.enrolled();
            browser.visit(example.address().toString());
            browser.await("form[action='/login'] button").click();
            Visitor.at(browser).password(member);
            Visitor.at(browser).answer(member.phone().nextCode());
            browser.await("table");

            browser.await("[value='2026-041'] + button").click();
            browser.await("#code");
            assertThat(String.join(" ", browser.texts("main, #kc-content")))
                    .contains("48250", "EUR", "Nordwind Logistics");
            Visitor.at(browser).answer(member.phone().nextCode());

            assertThat(browser.await(".notice").getDomAttribute("class")).contains("good");
            assertThat(browser.texts("[data-approval]")).contains("Released");
            browser.await("[value='2026-041'] + button.plain").click();
            browser.await(".notice.bad");
            assertThat(realm.audit().of(member.id(), "auth.mfa_approval_spent")).hasSize(1);
        }
    }

    private Reply release(String run, String token) {
        return Http.sendJson(
                "POST", example.address().resolve("/api/runs/" + run), "", Map.of("Authorization", "Bearer " + token));
    }

    private String approve(String session, Member member) {
        JsonNode challenge =
                call(session, "challenge", Map.of("action_type", "approve_payment", "action_details", RUN));
        return call(
                        session,
                        "verify",
                        Map.of(
                                "method",
                                "TOTP",
                                "code",
                                member.phone().nextCode(),
                                "challenge_id",
                                challenge.path("challenge_id").asText()))
                .path("access_token")
                .asText();
    }

    private JsonNode call(String token, String path, Object body) {
        return Http.sendJson(
                        "POST",
                        URI.create(realm.address() + "/v1/auth/mfa/" + path),
                        Json.write(body),
                        Map.of("Authorization", "Bearer " + token))
                .expect(200)
                .json();
    }

    private static Map<String, Object> policy() {
        Map<String, Object> policy = new HashMap<>(Rules.FOR_ALL);
        policy.put(
                "actions",
                List.of(Map.of(
                        "type",
                        "approve_payment",
                        "description",
                        "Pay {amount} {currency} to {payee}",
                        "fields",
                        List.of(
                                Map.of("name", "amount", "kind", "NUMBER"),
                                Map.of("name", "currency"),
                                Map.of("name", "payee")))));
        return policy;
    }
}
