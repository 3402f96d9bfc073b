package io.sallyport.journey;

import static io.sallyport.journey.Claims.assertMfa;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An application asks for the approval of one payment, gets it, and spends it: for exactly that payment, once. */
@Journey
final class ApprovalsIT {

    private static final Map<String, Object> PAYMENT = Map.of("amount", 10.5, "currency", "EUR", "payee", "A Ltd");
    private static final String TYPE = "approve_payment";

    private final MfaRealm realm;
    private final Database database;
    private final SelfService calls;
    private final String origin;

    ApprovalsIT(KeycloakServer server) {
        this.origin = "http://localhost:" + server.address().getPort();
        this.realm = MfaRealm.setUp(
                server,
                Map.of("mfa.methods", "TOTP, WEBAUTHN", "mfa.webauthn.origins", origin),
                SelfService.policy(Rules.FOR_ALL, List.of(SelfService.PAYMENT, SelfService.EXPORT)));
        this.database = server.database();
        this.calls = SelfService.of(realm);
    }

    @Test
    @DisplayName("The mission: approving a payment without the claim is 403 MFA_REQUIRED, with it 200, once")
    void aPaymentIsApproved() throws Exception {
        Member member = realm.enrolled();
        Tokens session = calls.signIn(member);
        assertMfa(session.claims());
        Reply unapproved = authorize(session.access(), PAYMENT);
        assertThat(unapproved.status())
                .as("SU-08: a sign-in seconds ago is no approval")
                .isEqualTo(403);
        assertThat(unapproved.json().path("error").asText()).isEqualTo("MFA_REQUIRED");
        assertThat(unapproved.json().path("error_code").asInt()).isEqualTo(38005);
        assertThat(unapproved.header("WWW-Authenticate").orElseThrow())
                .as("SU-01")
                .contains("error=\"insufficient_user_authentication\"", "acr_values=\"mfa\"");

        JsonNode answer = calls.approve(session, member, PAYMENT);

        String token = answer.path("access_token").asText();
        JsonNode claims = Jwt.claims(token);
        String approval = answer.path("mfa").path("approval_id").asText();
        assertMfa(claims);
        assertThat(claims.path("mfa_action").asText()).isEqualTo(TYPE);
        assertThat(claims.path("mfa_approval_id").asText()).isEqualTo(approval).hasSizeGreaterThanOrEqualTo(43);
        assertThat(claims.path("mfa_action_hash").asText()).isEqualTo(hash(claims, approval));
        JsonNode authorized = authorize(token, PAYMENT).expect(200).json();
        assertThat(authorized.path("authorized").asBoolean()).isTrue();
        assertThat(authorized.path("approval_id").asText()).isEqualTo(approval);
        assertThat(authorize(token, PAYMENT).status()).as("spent").isEqualTo(403);
        assertThat(realm.audit().of(member.id(), "auth.mfa_approval_spent")).hasSize(1);
        Tokens refreshed =
                calls.client().refresh(session.refresh().orElseThrow()).tokens();
        assertThat(refreshed.claims().has("mfa_action"))
                .as("never after a refresh")
                .isFalse();
    }

    @Test
    @DisplayName("SU-02: another amount, payee, action or field is refused, voids the approval and is on the record")
    void anApprovalCannotBeStretched() {
        List<Map<String, Object>> others = List.of(
                with("amount", 11.5), with("payee", "B Ltd"), with("currency", "USD"), with("note", "x"), Map.of());
        for (Map<String, Object> other : others) {
            Member member = realm.enrolled();
            String token = token(calls.approve(calls.signIn(member), member, PAYMENT));

            assertThat(authorize(token, other).status()).as("%s", other).isEqualTo(403);

            assertThat(authorize(token, PAYMENT).status())
                    .as("void after %s", other)
                    .isEqualTo(403);
            assertThat(realm.audit().of(member.id(), "auth.mfa_failed"))
                    .extracting(Audit.Row::reason)
                    .containsExactly("approval_mismatch", "no_approval");
        }
        Member member = realm.enrolled();
        String token = token(calls.approve(calls.signIn(member), member, PAYMENT));
        assertThat(calls.authorize(token, Map.of("action_type", "export_all_data"))
                        .status())
                .isEqualTo(403);
        assertThat(authorize(token, PAYMENT).status()).isEqualTo(403);
    }

    @Test
    @DisplayName("SU-06: an approval ends by the clock of the database")
    void anApprovalEnds() {
        Member member = realm.enrolled();
        JsonNode answer = calls.approve(calls.signIn(member), member, PAYMENT);
        move(answer, -181);

        assertThat(authorize(token(answer), PAYMENT).status()).isEqualTo(403);

        move(answer, 181);
        authorize(token(answer), PAYMENT).expect(200);
    }

    @Test
    @DisplayName("Another session, another client and another user do not spend it")
    void anApprovalStaysWhereItIs() {
        Member member = realm.enrolled();
        Tokens session = calls.signIn(member);
        JsonNode answer = calls.approve(session, member, PAYMENT);
        Map<String, Object> named = Map.of(
                "action_type",
                TYPE,
                "action_details",
                PAYMENT,
                "approval_id",
                answer.path("mfa").path("approval_id").asText());

        assertThat(calls.authorize(calls.signIn(realm.enrolled()).access(), named)
                        .status())
                .as("another user can't even void it")
                .isEqualTo(403);
        calls.authorize(token(answer), named).expect(200);

        JsonNode second = calls.approve(session, member, PAYMENT);
        Map<String, Object> stolen = new HashMap<>(named);
        stolen.put("approval_id", second.path("mfa").path("approval_id").asText());
        assertThat(calls.authorize(calls.signIn(member).access(), stolen).status())
                .as("another session of the same user")
                .isEqualTo(403);
        assertThat(authorize(token(second), PAYMENT).status()).as("void").isEqualTo(403);
    }

    @Test
    @DisplayName("What is no action of the catalogue is denied; what it doesn't name, or names otherwise, is refused")
    void onlyWhatTheCatalogueKnows() {
        Tokens session = calls.signIn(realm.enrolled());

        assertThat(calls.challenge(session.access(), Map.of("action_type", "fire_everybody"))
                        .status())
                .isEqualTo(404);
        assertThat(calls.authorize(session.access(), Map.of("action_type", "fire_everybody"))
                        .status())
                .isEqualTo(403);
        for (Map<String, Object> details : List.of(
                with("note", "x"), with("amount", "10"), with("payee", ""), Map.<String, Object>of("amount", 1))) {
            Reply refused = calls.challenge(session.access(), Map.of("action_type", TYPE, "action_details", details));
            assertThat(refused.status()).as("%s", details).isEqualTo(400);
            assertThat(refused.json().path("error").asText()).isEqualTo("INVALID_REQUEST");
        }
    }

    @Test
    @DisplayName("A newer challenge for the same action voids the older one; a wrong code leaves it, five lock")
    void aChallengeIsAnsweredOnce() {
        Member member = realm.enrolled();
        Tokens session = calls.signIn(member);
        String first = challenge(session);
        String second = challenge(session);

        assertThat(answer(session, first, member.phone().wrongCode()).status()).isEqualTo(410);
        assertThat(answer(session, "A".repeat(43), member.phone().wrongCode()).status())
                .isEqualTo(404);
        for (int i = 0; i < 4; i++) {
            Reply wrong = answer(session, second, member.phone().wrongCode());
            assertThat(wrong.status()).isEqualTo(401);
            assertThat(wrong.json().path("error").asText()).isEqualTo("INVALID_OTP");
        }
        Reply fifth = answer(session, second, member.phone().wrongCode());
        assertThat(fifth.status()).as("SU-12").isEqualTo(429);
        assertThat(fifth.header("Retry-After")).isPresent();
        Reply sixth = answer(session, second, member.phone().nextCode());
        assertThat(sixth.status()).as("SU-12").isEqualTo(429);
        assertThat(calls.challenge(session.access(), Map.of("action_type", TYPE, "action_details", PAYMENT))
                        .status())
                .as("LOCK-06")
                .isEqualTo(429);
    }

    @Test
    @DisplayName("LOCK-06: what was approved before a lock is not spent in it")
    void aLockEndsApprovals() {
        Member member = realm.enrolled();
        Tokens session = calls.signIn(member);
        JsonNode answer = calls.approve(session, member, PAYMENT);
        for (int i = 0; i < 5; i++) {
            calls.client()
                    .password(member.username(), Member.PASSWORD, member.phone().wrongCode());
        }

        assertThat(authorize(token(answer), PAYMENT).status()).isEqualTo(403);
    }

    @Test
    @DisplayName(
            "A key signs the transaction: the options are used as browsers use them, an answer to others is refused")
    void aKeyApproves() {
        SecurityKey key = SecurityKey.at(origin);
        Member member = realm.enrolledWith(key);
        Tokens session = calls.signIn(member);
        JsonNode asked = calls.challenge(session.access(), Map.of("action_type", TYPE, "action_details", PAYMENT))
                .expect(200)
                .json();
        JsonNode other = calls.challenge(session.access(), Map.of("action_type", "export_all_data"))
                .expect(200)
                .json();
        String stolen = key.get(other.path("webauthn"));
        assertThat(credential(session, asked, stolen).status())
                .as("another transaction")
                .isEqualTo(401);

        JsonNode again = calls.challenge(session.access(), Map.of("action_type", TYPE, "action_details", PAYMENT))
                .expect(200)
                .json();
        JsonNode approved = credential(session, again, key.get(again.path("webauthn")))
                .expect(200)
                .json();

        assertThat(approved.path("mfa").path("method").asText()).isEqualTo("WEBAUTHN");
        authorize(token(approved), PAYMENT).expect(200);
    }

    @Test
    @DisplayName("A challenge of the sign-in makes evidence, never an approval")
    void aSignInIsNoApproval() {
        Member member = realm.enrolled();
        Tokens session = calls.signIn(member);
        String id = calls.challenge(session.access(), Map.of("action_type", "sign_in"))
                .expect(200)
                .json()
                .path("challenge_id")
                .asText();
        JsonNode proved =
                answer(session, id, member.phone().nextCode()).expect(200).json();

        assertMfa(Jwt.claims(token(proved)));
        assertThat(Jwt.claims(token(proved)).has("mfa_action")).isFalse();
        assertThat(calls.authorize(
                                token(proved),
                                Map.of("action_type", TYPE, "action_details", PAYMENT, "approval_id", id))
                        .status())
                .isEqualTo(403);
    }

    @Test
    @DisplayName("API-14: pages of the client's own origins may call, others may not read; nothing is kept")
    void onlyTheClientsOwnOrigins() {
        Tokens session = calls.signIn(realm.enrolled());
        Reply preflight = calls.from("OPTIONS", "https://erp.test", "", "auth/mfa/challenge");
        assertThat(preflight.header("Access-Control-Allow-Headers").orElseThrow())
                .contains("Authorization");
        assertThat(preflight.header("Access-Control-Allow-Credentials")).contains("false");

        Reply own = calls.from("POST", "https://erp.test", session.access(), "auth/mfa/challenge");
        assertThat(own.status()).isEqualTo(200);
        assertThat(own.header("Access-Control-Allow-Origin")).contains("https://erp.test");
        assertThat(own.header("Cache-Control")).contains("no-store");
        Reply foreign = calls.from("POST", "https://evil.test", session.access(), "auth/mfa/challenge");
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    @DisplayName("API-08: what is no request is refused with a problem, and breaks nothing")
    void badRequests() {
        Tokens session = calls.signIn(realm.enrolled());
        List<String> bad = List.of(
                "",
                "[]",
                "{",
                "{\"action_type\":\"sign_in\",\"action_type\":\"sign_in\"}",
                "{\"action_type\":\"sign_in\",\"verified\":true}",
                "{\"action_type\":1}",
                "{\"action_type\":\"sign_in\",\"method\":\"CARRIER_PIGEON\"}",
                "{\"action_type\":\"sign_in\",\"action_details\":[]}",
                "{\"a\":".repeat(1001) + "1" + "}".repeat(1001));
        for (String body : bad) {
            Reply refused = calls.send("POST", session.access(), "auth/mfa/challenge", body);
            assertThat(refused.status()).as(body).isEqualTo(400);
            assertThat(refused.json().path("error").asText()).as(body).isEqualTo("INVALID_REQUEST");
            assertThat(refused.body()).as(body).doesNotContain("Exception", "jackson", "sallyport");
        }
        String huge = "{\"action_type\":\"" + "x".repeat(1_000_000) + "\"}";
        assertThat(calls.send("POST", session.access(), "auth/mfa/challenge", huge)
                        .status())
                .isEqualTo(413);
        assertThat(calls.send("POST", "e30.e30.x", "auth/mfa/challenge", "{}").status())
                .as("a token whose header names no algorithm")
                .isEqualTo(401);
        for (String id : List.of("a\\u0000", "x", "../..", "%")) {
            String body = "{\"method\":\"TOTP\",\"code\":\"123456\",\"challenge_id\":\"" + id + "\"}";
            assertThat(calls.send("POST", session.access(), "auth/mfa/verify", body)
                            .status())
                    .as(id)
                    .isEqualTo(404);
        }
    }

    @Test
    @DisplayName("API-01: a token for another audience reaches no factors, a service account nothing at all")
    void onlyTokensMadeForIt() {
        Member member = realm.enrolled();
        Tokens web = realm.signIn(new Browser(), member);
        assertThat(calls.challenge(web.access(), Map.of("action_type", "sign_in"))
                        .status())
                .isEqualTo(403);
        assertThat(authorize(web.access(), PAYMENT).status()).isEqualTo(403);
        String machine = realm.backend().clientCredentials().tokens().access();
        assertThat(calls.challenge(machine, Map.of("action_type", "sign_in")).status())
                .isEqualTo(403);
        assertThat(calls.challenge("x.y.z", Map.of("action_type", "sign_in")).status())
                .isEqualTo(401);
    }

    private String challenge(Tokens session) {
        return calls.challenge(session.access(), Map.of("action_type", TYPE, "action_details", PAYMENT))
                .expect(200)
                .json()
                .path("challenge_id")
                .asText();
    }

    private Reply answer(Tokens session, String challenge, String code) {
        return calls.verify(session.access(), Map.of("method", "TOTP", "code", code, "challenge_id", challenge));
    }

    private Reply credential(Tokens session, JsonNode asked, String credential) {
        return calls.verify(
                session.access(),
                Map.of(
                        "method",
                        "WEBAUTHN",
                        "credential",
                        Json.read(credential),
                        "challenge_id",
                        asked.path("challenge_id").asText()));
    }

    private Reply authorize(String token, Map<String, Object> payment) {
        return calls.authorize(token, Map.of("action_type", TYPE, "action_details", payment));
    }

    private void move(JsonNode answer, int seconds) {
        database.update(
                "update MFA_CHALLENGE set APPROVED_UNTIL = APPROVED_UNTIL + " + seconds * 1000L
                        + " where CHALLENGE_ID = ?",
                answer.path("mfa").path("approval_id").asText());
    }

    private static String token(JsonNode answer) {
        return answer.path("access_token").asText();
    }

    private static Map<String, Object> with(String name, Object value) {
        Map<String, Object> changed = new HashMap<>(PAYMENT);
        changed.put(name, value);
        return changed;
    }

    /** As an application computes it: RFC 8785 JSON, its fields in order. */
    private static String hash(JsonNode claims, String approval) throws Exception {
        String canonical = "{\"action\":\"approve_payment\",\"challenge\":\"" + approval + "\",\"client\":\"erp\","
                + "\"details\":{\"amount\":10.5,\"currency\":\"EUR\",\"payee\":\"A Ltd\"},\"session\":\""
                + claims.path("sid").asText() + "\",\"tenants\":[],\"user\":\""
                + claims.path("sub").asText() + "\"}";
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8)));
    }
}
