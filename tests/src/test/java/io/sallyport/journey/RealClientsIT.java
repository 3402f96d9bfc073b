package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Clients that others wrote, as they are published: openid-client and @simplewebauthn/browser in a page of another origin. */
@Journey
final class RealClientsIT {

    private static final String PAYMENT = "{amount: 12.5, currency: 'EUR', payee: 'Café & Söhne'}";
    private static final String APPROVAL = "module.approval('approve_payment', " + PAYMENT + ")";
    private static final String AUTHORIZE =
            "selfService('authorize', {action_type: 'approve_payment', action_details: " + PAYMENT + "})";

    private final ErpPage page;
    private final MfaRealm realm;

    RealClientsIT(KeycloakServer server) throws IOException {
        this.page = ErpPage.open();
        String origins = "http://localhost:" + server.address().getPort() + "," + page.origin();
        this.realm = MfaRealm.setUp(
                server,
                Map.of("mfa.methods", "TOTP, WEBAUTHN", "mfa.webauthn.origins", origins),
                SelfService.policy(Rules.NONE, List.of(SelfService.PAYMENT)));
        realm.change(Chromium.REALM_NAME);
        addClient("erp", Map.of());
        addClient("bound", Map.of("dpop.bound.access.tokens", "true"));
    }

    private void addClient(String id, Map<String, String> attributes) {
        String created = realm.addClient(
                id,
                Map.of(
                        "publicClient",
                        true,
                        "redirectUris",
                        List.of(page.callback().toString()),
                        "webOrigins",
                        List.of(page.origin()),
                        "protocolMappers",
                        List.of(MfaRealm.audience("backend")),
                        "attributes",
                        attributes));
        SelfService.reachable(realm, created);
    }

    @AfterAll
    void close() {
        page.close();
    }

    @Test
    @DisplayName(
            "SU-01, SU-08: openid-client signs in, reads the challenge, steps up, has a payment approved, and spends it once")
    void openidClient() throws IOException {
        Member member = realm.enrolled();
        try (Chromium browser = Chromium.open("openid-client")) {
            Visitor visitor = Visitor.at(browser);
            browser.visit(page.origin());
            depart(browser, "erp", "{}", false);
            visitor.password(member);
            visitor.answer(member.phone().nextCode());
            assertProven(arrive(browser, "{}"));
            age(member);
            assertThat(claims(ask(browser, "refresh()")).has("mfa_verified")).isFalse();
            JsonNode refused = ask(browser, AUTHORIZE);
            assertThat(refused.path("status").asInt()).isEqualTo(403);
            assertThat(refused.path("body").path("error").asText()).isEqualTo("MFA_REQUIRED");
            JsonNode challenge = refused.path("challenges").path(0);
            assertThat(challenge.path("scheme").asText()).isEqualTo("bearer");
            assertThat(challenge.path("parameters").path("error").asText())
                    .isEqualTo("insufficient_user_authentication");

            String acr = challenge.path("parameters").path("acr_values").asText();
            depart(browser, "erp", "{acr_values: '" + acr + "'}", false);
            visitor.answer(member.phone().nextCode());
            assertProven(arrive(browser, "{}"));
            assertProven(ask(browser, "refresh()"));
            assertThat(ask(browser, AUTHORIZE).path("status").asInt())
                    .as("a sign-in is no approval")
                    .isEqualTo(403);

            depart(browser, "erp", APPROVAL, false);
            assertThat(browser.await("#mfa-sentence").getText()).isEqualTo("Pay 12.5 EUR to Café & Söhne");
            visitor.answer(member.phone().nextCode());
            spendOnce(browser, arrive(browser, "{}"));

            depart(browser, "erp", "{acr_values: 'mfa', ..." + APPROVAL + "}", true);
            visitor.answer(member.phone().nextCode());
            spendOnce(browser, arrive(browser, "{}"));

            depart(browser, "erp", APPROVAL, true);
            browser.await("#mfa-cancel").click();
            assertThat(claims(arrive(browser, "{}")).has("mfa_action")).isFalse();
            assertThat(browser.awaitAddress(page.callback().toString())).contains("kc_action_status=cancelled");
        }
    }

    @Test
    @DisplayName("TOK-15: what openid-client's introspection says agrees with the token; a public client may not ask")
    void introspection() throws IOException {
        Member member = realm.enrolled();
        try (Chromium browser = Chromium.open("introspection")) {
            browser.visit(page.origin());
            depart(browser, "erp", "{acr_values: 'mfa'}", false);
            Visitor.at(browser).password(member);
            Visitor.at(browser).answer(member.phone().nextCode());
            JsonNode claims = claims(arrive(browser, "{}"));

            JsonNode said = ask(browser, "introspect('backend', '" + MfaRealm.SECRET + "')");
            JsonNode refused = ask(browser, "introspect('erp').catch(error => ({code: error.error}))");

            assertThat(said.path("active").asBoolean()).isTrue();
            for (String name : List.of("sub", "acr", "amr", "mfa_verified", "mfa_method", "mfa_time", "mfa_exp")) {
                assertThat(claims.has(name)).as(name).isTrue();
                assertThat(said.path(name)).as(name).isEqualTo(claims.path(name));
            }
            assertThat(refused.path("code").asText()).isNotEmpty();
        }
    }

    @Test
    @DisplayName(
            "openid-client's DPoP: tokens of the code, of the refresh and of verify are bound to its key, and approve")
    void boundTokens() throws IOException {
        Member member = realm.enrolled();
        try (Chromium browser = Chromium.open("dpop")) {
            browser.visit(page.origin());
            depart(browser, "bound", "{acr_values: 'mfa'}", true);
            Visitor.at(browser).password(member);
            Visitor.at(browser).answer(member.phone().nextCode());
            JsonNode arrived = arrive(browser, "{dpop: true}");
            assertProven(arrived);
            assertThat(arrived.path("type").asText()).isEqualTo("dpop");
            assertProven(ask(browser, "refresh()"));
            JsonNode refused = ask(browser, AUTHORIZE);
            assertThat(refused.path("challenges").path(0).path("scheme").asText())
                    .isEqualTo("dpop");

            depart(browser, "bound", APPROVAL, true);
            Visitor.at(browser).answer(member.phone().nextCode());
            JsonNode approved = arrive(browser, "{dpop: true}");

            assertThat(claims(approved).path("cnf").path("jkt").asText()).isNotEmpty();
            spendOnce(browser, approved);
        }
    }

    @Test
    @DisplayName(
            "API-14: @simplewebauthn/browser takes the options as they come and its answers are taken as they come")
    void simpleWebAuthn() throws IOException {
        Member member = realm.newcomer();
        try (Chromium browser = Chromium.open("simplewebauthn")) {
            browser.plugIn(true);
            browser.visit(page.origin());
            depart(browser, "erp", "{}", false);
            Visitor.at(browser).password(member);
            arrive(browser, "{}");
            JsonNode stranger = ask(browser, "selfService('enroll', {method: 'WEBAUTHN'}, 'none')");
            assertThat(stranger.path("status").asInt())
                    .as("the page may read the 401 too")
                    .isEqualTo(401);

            JsonNode enrolled = ask(browser, "enroll()");
            assertThat(enrolled.path("status").asInt()).as("%s", enrolled).isEqualTo(200);
            JsonNode proven =
                    Jwt.claims(enrolled.path("body").path("access_token").asText());
            assertThat(proven.path("mfa_method").asText()).isEqualTo("WEBAUTHN");
            JsonNode approved = ask(browser, "approve('approve_payment', " + PAYMENT + ")");
            assertThat(approved.path("status").asInt()).as("%s", approved).isEqualTo(200);
            String token = approved.path("body").path("access_token").asText();
            assertThat(Jwt.claims(token).path("mfa_action").asText()).isEqualTo("approve_payment");
            assertThat(Jwt.claims(token).path("amr")).hasSizeGreaterThan(1);
            String spend = AUTHORIZE.replaceAll("\\)$", ", '" + token + "')");
            assertThat(ask(browser, spend).path("status").asInt()).isEqualTo(200);
            assertThat(ask(browser, spend).path("status").asInt()).isEqualTo(403);
        }
    }

    /** Makes his proof too old for claims. */
    private void age(Member member) {
        int rows = realm.server()
                .database()
                .update("UPDATE MFA_EVIDENCE SET VERIFIED_AT = VERIFIED_AT - 400000 WHERE USER_ID = ?", member.id());
        assertThat(rows).isPositive();
    }

    private void depart(Chromium browser, String client, String wanted, boolean pushed) {
        String address = ask(
                        browser, "departure('%s', '%s', %s, %s)".formatted(realm.address(), client, wanted, pushed))
                .asText();
        assertThat(address).startsWith(realm.address().toString());
        assertThat(URI.create(address).getQuery().contains("request_uri")).isEqualTo(pushed);
        browser.visit(address);
    }

    private JsonNode arrive(Chromium browser, String options) throws IOException {
        browser.awaitAddress(page.callback().toString());
        browser.await("#erp");
        return ask(browser, "arrive(" + options + ")");
    }

    private static JsonNode ask(Chromium browser, String call) {
        return browser.ask("/erp.js", call);
    }

    private static JsonNode claims(JsonNode arrived) {
        return Jwt.claims(arrived.path("access").asText());
    }

    /** Access token, ID token and userinfo say so. */
    private static void assertProven(JsonNode arrived) {
        for (JsonNode said : List.of(claims(arrived), arrived.path("claims"), arrived.path("userinfo"))) {
            assertThat(said.path("mfa_verified").asBoolean()).isTrue();
            assertThat(said.path("acr").asText()).isEqualTo("mfa");
        }
    }

    private static void spendOnce(Chromium browser, JsonNode arrived) {
        assertThat(claims(arrived).path("mfa_action").asText()).isEqualTo("approve_payment");
        JsonNode first = ask(browser, AUTHORIZE);
        assertThat(first.path("body").path("authorized").asBoolean())
                .as("%s", first)
                .isTrue();
        assertThat(first.path("body").path("approval_id").asText())
                .isEqualTo(claims(arrived).path("mfa_approval_id").asText());
        assertThat(ask(browser, AUTHORIZE).path("status").asInt()).isEqualTo(403);
    }
}
