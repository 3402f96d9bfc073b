package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the self-service refuses, to whom, and how it says so. */
@Journey
final class SelfServiceRefusalsIT {

    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private final Clock clock = Clock.systemUTC();
    private final MfaRealm realm;
    private final SelfService calls;
    private final Member member;
    private final Tokens genuine;
    private final SigningKey key;
    private final SelfServiceDocument document;
    private final String plain;
    private final String another;

    SelfServiceRefusalsIT(KeycloakServer server) {
        this.realm = MfaRealm.setUp(server, Map.of("mfa.claim.ttl", "3600"), Rules.NONE);
        this.key = OwnKey.in(realm);
        this.calls = SelfService.of(realm);
        realm.change(Map.of("accessTokenLifespan", 3600));
        this.member = realm.enrolled();
        this.genuine = calls.signIn(member);
        this.plain = realm.web()
                .password(
                        member.username(),
                        Member.PASSWORD,
                        Map.of("totp", member.phone().nextCode()))
                .tokens()
                .access();
        this.another =
                MfaRealm.stock(server).backend().clientCredentials().tokens().access();
        this.document = SelfServiceDocument.of(realm);
    }

    @TestFactory
    @DisplayName("CLM-02: every forgery is 401, without a word about why")
    Stream<DynamicTest> everyForgery() {
        return Forgeries.of(genuine, key).stream()
                .map(forgery -> DynamicTest.dynamicTest(forgery.name(), () -> assertUnauthenticated(forgery.token())));
    }

    @Test
    @DisplayName("CLM-02: an ended session takes its token along, and another realm's is none")
    void anEndedSession() {
        Tokens ended = calls.signIn(member);
        assertThat(status(ended.access(), member.id()).status()).isEqualTo(200);
        calls.client().logout(ended.refresh().orElseThrow()).expect(204);

        assertUnauthenticated(ended.access());
        assertUnauthenticated(another);
    }

    private void assertUnauthenticated(String token) {
        Reply reply = status(token, member.id());

        assertThat(reply.status()).as(reply.body()).isEqualTo(401);
        assertThat(reply.body()).doesNotContain("Exception", "io.sallyport", "org.keycloak");
    }

    @ParameterizedTest(name = "{0} {1}")
    @DisplayName("API-01: nobody is 401; a token without the scope, of a service or of another realm gets nothing")
    @CsvSource({
        "POST, auth/mfa/enroll",
        "POST, auth/mfa/verify",
        "POST, auth/mfa/challenge",
        "POST, auth/mfa/recovery-codes",
        "DELETE, auth/mfa/enrollments/" + NOBODY,
    })
    void callers(String method, String path) {
        String service = realm.backend().clientCredentials().tokens().access();

        assertThat(Http.sendJson(method, address(path), "{}", Map.of()).status())
                .isEqualTo(401);
        assertThat(calls.send(method, another, path, "{}").status())
                .as("another realm")
                .isEqualTo(401);
        assertThat(calls.send(method, service, path, "{}").status())
                .as("a service")
                .isEqualTo(403);
        assertThat(calls.send(method, plain, path, "{}").status())
                .as("no scope")
                .isEqualTo(403);
    }

    @Test
    @DisplayName("API-16: one's own status, without anything secret; for everybody else every id is the same 403")
    void status() {
        Member other = realm.newcomer();
        Member administrator = realm.enrolled();
        Roles.of(realm).grant(administrator.id(), "mfa.get_mfa_status");
        String own = genuine.access();
        JsonNode mine = status(own, member.id()).expect(200).json();

        assertThat(mine.path("methods")).hasSize(1);
        assertThat(mine.path("methods").path(0).asText()).isEqualTo("TOTP");
        assertThat(mine.toString()).doesNotContain(member.username(), "phone", "enrollment_id");
        assertThat(withoutId(status(own, other.id()))).isEqualTo(withoutId(status(own, NOBODY)));
        assertThat(status(own, other.id()).status()).isEqualTo(403);
        assertThat(Http.get(address("users/" + member.id() + "/mfa-status"), Map.of())
                        .status())
                .isEqualTo(401);
        String asAdministrator = calls.signIn(administrator).access();
        assertThat(status(asAdministrator, other.id())
                        .expect(200)
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("NOT_ENROLLED");
        assertThat(status(asAdministrator, NOBODY).status()).isEqualTo(404);
        String withoutTheScope = realm.web()
                .password(
                        administrator.username(),
                        Member.PASSWORD,
                        Map.of("totp", administrator.phone().nextCode()))
                .tokens()
                .access();
        assertThat(status(withoutTheScope, administrator.id()).status()).isEqualTo(200);
        assertThat(withoutId(status(withoutTheScope, other.id()))).isEqualTo(withoutId(status(own, other.id())));
        assertThat(status(withoutTheScope, NOBODY).status()).isEqualTo(403);
    }

    @ParameterizedTest(name = "{1}: {2}")
    @DisplayName("API-08, API-09, API-13: what is wrong, missing, unknown or unreadable is refused, and nothing begins")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "enroll | {} | 400",
                "enroll | [] | 400",
                "enroll | null | 400",
                "enroll | {\"method\":\"TOTP\" | 400",
                "enroll | {\"method\":7} | 400",
                "enroll | {\"method\":\"totp\"} | 400",
                "enroll | {\"method\":\"RECOVERY_CODE\"} | 400",
                "enroll | {\"method\":\"SMS_OTP\"} | 400",
                "enroll | {\"method\":\"SMS_OTP\",\"phone_number\":\"+4915112345678\"} | 400",
                "enroll | {\"method\":\"TOTP\",\"phone_number\":\"+4915112345678\"} | 400",
                "enroll | {\"method\":\"TOTP\",\"method\":\"TOTP\"} | 400",
                "enroll | {\"method\":\"TOTP\",\"status\":\"ACTIVE\"} | 400",
                "enroll | {\"method\":\"TOTP\",\"user_id\":\"x\",\"tenant\":\"x\"} | 400",
                "enroll | {\"method\":\"TOTP\",\"external_id\":\"\"} | 400",
                "enroll | {\"method\":\"TOTP\",\"external_id\":\"a\\u0000b\"} | 400",
                "enroll | {\"method\":\"TOTP\",\"external_id\":\"a\\r\\nb\"} | 400",
                "enroll | {\"method\":\"TOTP\",\"external_id\":\"\\ud800\"} | 400",
                "enroll | {\"method\":\"TOTP\",\"label\":\"a\\u0007b\"} | 400",
                "verify | {\"method\":\"TOTP\"} | 400",
                "verify | {\"method\":\"WEBAUTHN\",\"credential\":{}} | 400",
                "verify | {\"method\":\"TOTP\",\"code\":\"123456\",\"verified\":true,\"attempts\":0} | 400",
                "verify | {\"method\":\"TOTP\",\"code\":\"1\",\"enrollment_id\":\"a\",\"challenge_id\":\"b\"} | 400",
                "verify | {\"method\":\"TOTP\",\"code\":\"123456\",\"enrollment_id\":\"a\\u0000\"} | 400",
                "verify | {\"method\":\"TOTP\",\"code\":\"123456\",\"enrollment_id\":\"../x\"} | 404",
            })
    void badInput(String call, String body, int status) {
        Reply reply = calls.send("POST", genuine.access(), "auth/mfa/" + call, body);

        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertDescribed("post", "/auth/mfa/" + call, reply);
        assertThat(reply.body()).doesNotContain("Exception", "io.sallyport", "org.keycloak");
        assertThat(realm.audit().of(member.id(), "auth.mfa_enrollment_started")).isEmpty();
    }

    @Test
    @DisplayName("API-08: too long, too deep, another type, other bytes")
    void badBodies() {
        String token = genuine.access();
        String deep = "{\"method\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}";
        String large = "{\"method\":\"" + "x".repeat(1_000_000) + "\"}";
        assertThat(calls.send("POST", token, "auth/mfa/enroll", deep).status()).isEqualTo(400);
        assertThat(calls.send("POST", token, "auth/mfa/enroll", large).status()).isEqualTo(413);
        assertThat(Http.postForm(address("auth/mfa/enroll"), Map.of("method", "TOTP"), bearer(token))
                        .status())
                .isEqualTo(415);
        assertThat(calls.call(token, "auth/mfa/enroll", Map.of("method", "TOTP", "external_id", "x".repeat(256)))
                        .status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("API-14: pages of the client's own origins may read answers, others not; nothing is stored")
    void origins() {
        Reply own = from("https://erp.test");
        Reply foreign = from("https://evil.test");

        assertThat(own.header("Access-Control-Allow-Origin")).contains("https://erp.test");
        assertThat(own.header("Cache-Control")).contains("no-store");
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(foreign.header("Cache-Control")).contains("no-store");
    }

    @Test
    @DisplayName("API-14: a page may read that its token is none, without any credentials of the browser")
    void nobody() {
        Reply nobody = calls.from("POST", "https://erp.test", "none", "auth/mfa/challenge");

        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.header("Access-Control-Allow-Origin")).contains("https://erp.test");
        assertThat(nobody.header("Access-Control-Allow-Credentials")).contains("false");
        assertThat(nobody.header("Access-Control-Expose-Headers").orElse("")).contains("WWW-Authenticate");
    }

    @Test
    @DisplayName("LOCK-06: a locked user is refused by every call, in the same words")
    void locked() {
        Member victim = realm.enrolled();
        String token = calls.signIn(victim).access();
        for (int i = 0; i < 5; i++) {
            calls.verify(token, Map.of("method", "TOTP", "code", victim.phone().wrongCode()));
        }
        String code = victim.phone().nextCode();

        List<Reply> replies = List.of(
                calls.verify(token, Map.of("method", "TOTP", "code", code)),
                calls.verify(token, Map.of("method", "TOTP", "code", code, "enrollment_id", NOBODY)),
                calls.challenge(token, Map.of("action_type", "sign_in")),
                calls.call(token, "auth/mfa/enroll", Map.of("method", "TOTP")),
                calls.call(token, "auth/mfa/recovery-codes", Map.of()),
                calls.send("DELETE", token, "auth/mfa/enrollments/" + NOBODY, ""));

        assertThat(replies).allSatisfy(reply -> {
            assertThat(reply.status()).as(reply.request()).isEqualTo(429);
            assertThat(reply.json().path("error").asText()).isEqualTo("MFA_LOCKED");
            assertThat(reply.header("Retry-After")).isPresent();
        });
    }

    @Test
    @DisplayName(
            "API-10: one call too many in a minute is 429 with Retry-After and does nothing; nobody else is affected")
    void tooMany() {
        Member member = realm.enrolled();
        String token = calls.signIn(member).access();
        String other = calls.signIn(realm.enrolled()).access();
        Map<String, Map<String, Object>> limited = Map.of(
                "enroll", Map.of("method", "TOTP"),
                "challenge", Map.of("action_type", "sign_in"),
                "recovery-codes", Map.of());

        limited.forEach((call, body) -> {
            calls.call(token, "auth/mfa/" + call, body).expect(200);
            spendTheMinute(member);
            Reply refused = calls.call(token, "auth/mfa/" + call, body);
            assertThat(refused.status()).as(call).isEqualTo(429);
            assertThat(refused.json().path("error").asText()).isEqualTo("RATE_LIMITED");
            assertThat(Integer.parseInt(refused.header("Retry-After").orElseThrow()))
                    .isPositive();
            calls.call(other, "auth/mfa/" + call, body).expect(200);
            passTheMinute(member);
            calls.call(token, "auth/mfa/" + call, body).expect(200);
        });
        spendTheMinute(member);
        assertThat(realm.password(new Browser(), realm.web().signIn(), member))
                .as("pages are not counted")
                .isInstanceOf(ChallengePage.class);
    }

    @Test
    @DisplayName(
            "API-10: whoever has the password alone takes no call from a session that has proved MFA; one row tells")
    void callsOfAThief() {
        Member victim = realm.enrolled();
        String own = calls.signIn(victim).access();
        String thief = calls.client()
                .password(victim.username(), Member.PASSWORD, Map.of("scope", "openid mfa"))
                .reply()
                .json()
                .path("mfa_token")
                .asText();
        Map<String, Object> signIn = Map.of("action_type", "sign_in");
        calls.challenge(thief, signIn).expect(200);
        spendTheMinute(victim);

        for (int i = 0; i < 3; i++) {
            assertThat(calls.challenge(thief, signIn).status()).isEqualTo(429);
        }

        calls.challenge(own, signIn).expect(200);
        assertThat(realm.audit().of(victim.id(), "auth.mfa_failed"))
                .extracting(Audit.Row::reason)
                .containsExactly("too_many_calls");
    }

    @Test
    @DisplayName("API-10: a session has its own share, and another one of the same user goes on")
    void sharesOfSessions() {
        Member member = realm.enrolled();
        String greedy = calls.signIn(member).access();
        String other = calls.signIn(member).access();
        Map<String, Object> signIn = Map.of("action_type", "sign_in");
        calls.challenge(greedy, signIn).expect(200);
        realm.server()
                .database()
                .update(
                        "UPDATE MFA_CALL_SHARE SET MADE = 30, BEGAN_AT = BEGAN_AT + 600000 WHERE USER_ID = ?",
                        member.id());

        assertThat(calls.challenge(greedy, signIn).status()).isEqualTo(429);

        calls.challenge(other, signIn).expect(200);
    }

    @Test
    @DisplayName("API-01: no token by exchange reaches factors, and none that its refresh token makes; audiences stay")
    void exchangedTokens() {
        String id = realm.addClient(
                "renewing",
                Map.of(
                        "secret",
                        "renewing-secret",
                        "protocolMappers",
                        List.of(MfaRealm.audience("backend")),
                        "attributes",
                        Map.of(
                                "standard.token.exchange.enabled",
                                "true",
                                "standard.token.exchange.enableRefreshRequestedTokenType",
                                "SAME_SESSION")));
        SelfService.reachable(realm, id);
        OidcClient renewing =
                new OidcClient(realm.address(), "renewing", Optional.of("renewing-secret"), MfaRealm.CALLBACK);
        Member member = realm.enrolled();
        Tokens own = renewing.password(
                        member.username(),
                        Member.PASSWORD,
                        Map.of("totp", member.phone().nextCode(), "scope", "openid mfa"))
                .tokens();
        assertReaches(own, 200);

        for (Map<String, String> more : List.of(Map.<String, String>of(), Map.of("audience", "backend"))) {
            Map<String, String> form = new HashMap<>(more);
            form.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
            form.put("subject_token", own.access());
            form.put("subject_token_type", "urn:ietf:params:oauth:token-type:access_token");
            form.put("requested_token_type", "urn:ietf:params:oauth:token-type:refresh_token");
            form.put("scope", "openid mfa");
            Tokens exchanged = renewing.grant(form).tokens();
            Tokens once = renewing.refresh(exchanged.refresh().orElseThrow()).tokens();
            Tokens twice = renewing.refresh(once.refresh().orElseThrow()).tokens();

            assertReaches(exchanged, 403);
            assertReaches(once, 403);
            assertReaches(twice, 403);
            assertThat(List.of(once, twice))
                    .extracting(tokens -> tokens.claims().path("aud").toString())
                    .containsOnly(exchanged.claims().path("aud").toString());
        }
        assertReaches(renewing.refresh(own.refresh().orElseThrow()).tokens(), 200);
    }

    private void assertReaches(Tokens tokens, int status) {
        assertThat(calls.challenge(tokens.access(), Map.of("action_type", "sign_in"))
                        .status())
                .isEqualTo(status);
    }

    @Test
    @DisplayName("API-01: without the user's consent, or after its client's session, a token makes no other")
    void clientsThatAreOutOfTime() {
        String id = realm.addClient("agreeing", Map.of("publicClient", true));
        SelfService.reachable(realm, id);
        OidcClient agreeing = new OidcClient(realm.address(), "agreeing", Optional.empty(), MfaRealm.CALLBACK);
        Member member = realm.enrolled();
        Tokens tokens = agreeing.password(
                        member.username(),
                        Member.PASSWORD,
                        Map.of("totp", member.phone().nextCode(), "scope", "openid mfa"))
                .tokens();
        Map<String, Object> code =
                Map.of("method", "TOTP", "code", member.phone().newestCode());

        changeClient(id, Map.of("consentRequired", true));
        assertThat(calls.verify(tokens.access(), code).status()).isEqualTo(403);
        assertReaches(tokens, 403);
        changeClient(id, Map.of("consentRequired", false));
        assertReaches(tokens, 200);

        changeClient(id, Map.of("attributes", Map.of("client.session.max.lifespan", "1")));
        long over = tokens.claims().path("iat").asLong() + 2;
        while (clock.instant().getEpochSecond() < over) {
            status(tokens.access(), member.id()).expect(200);
        }
        assertUnauthenticated("challenge", tokens.access(), Map.of("action_type", "sign_in"));
        assertUnauthenticated("verify", tokens.access(), code);
        changeClient(id, Map.of("attributes", Map.of("client.session.max.lifespan", "")));
        calls.verify(tokens.access(), code).expect(200);
    }

    private void assertUnauthenticated(String call, String token, Map<String, Object> body) {
        assertThat(calls.call(token, "auth/mfa/" + call, body).status())
                .as(call)
                .isEqualTo(401);
    }

    private void changeClient(String id, Map<String, Object> changes) {
        String path = realm.name() + "/clients/" + id;
        Map<String, Object> client = new HashMap<>();
        realm.admin().get(path).properties().forEach(field -> client.put(field.getKey(), field.getValue()));
        client.putAll(changes);
        realm.admin().put(path, client);
    }

    @Test
    @DisplayName("RFC 9449 7.1: whoever presents an mfa_token with DPoP is refused in the words of DPoP")
    void theSchemeOfTheRefusal() {
        String nobody = "x".repeat(43);

        for (String scheme : List.of("Bearer", "DPoP")) {
            Reply refused = Http.sendJson(
                    "POST",
                    address("auth/mfa/challenge"),
                    "{\"action_type\":\"sign_in\"}",
                    Map.of("Authorization", scheme + " " + nobody));
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.header("WWW-Authenticate").orElse("")).isEqualTo(scheme + " error=\"invalid_token\"");
        }
    }

    /** As if all calls of a minute that has just begun were made, and more. */
    private void spendTheMinute(Member member) {
        realm.server()
                .database()
                .update(
                        "UPDATE MFA_CALL_SHARE SET MADE = 1000, BEGAN_AT = BEGAN_AT + 600000 WHERE USER_ID = ?",
                        member.id());
    }

    private void passTheMinute(Member member) {
        realm.server()
                .database()
                .update("UPDATE MFA_CALL_SHARE SET BEGAN_AT = BEGAN_AT - 1200000 WHERE USER_ID = ?", member.id());
    }

    @Test
    @DisplayName("The answers have the form that the OpenAPI document says")
    void theAnswersHaveTheirForm() {
        Member newcomer = realm.newcomer();
        String token = calls.client()
                .password(newcomer.username(), Member.PASSWORD, Map.of("scope", "openid mfa"))
                .tokens()
                .access();
        Reply begun =
                calls.call(token, "auth/mfa/enroll", Map.of("method", "TOTP")).expect(200);
        Reply verified = calls.verify(
                        token,
                        Map.of(
                                "method",
                                "TOTP",
                                "enrollment_id",
                                begun.json().path("enrollment_id").asText(),
                                "code",
                                Phone.with(begun.json()
                                                .path("secret_or_challenge")
                                                .path("secret")
                                                .asText())
                                        .nextCode()))
                .expect(200);

        assertDescribed("post", "/auth/mfa/enroll", begun);
        assertDescribed("post", "/auth/mfa/verify", verified);
        assertDescribed("post", "/auth/mfa/challenge", calls.challenge(token, Map.of("action_type", "sign_in")));
        assertDescribed("post", "/auth/mfa/authorize", calls.authorize(token, Map.of("action_type", "x")));
        assertDescribed("post", "/auth/mfa/recovery-codes", calls.call(token, "auth/mfa/recovery-codes", Map.of()));
        assertDescribed("get", "/users/{user_id}/mfa-status", status(token, newcomer.id()));
        assertDescribed("get", "/users/{user_id}/mfa-status", status(token, NOBODY));
    }

    private void assertDescribed(String method, String path, Reply reply) {
        document.assertDescribes(method, path, reply);
    }

    private Reply from(String origin) {
        return Http.get(
                address("users/" + member.id() + "/mfa-status"),
                Map.of("Authorization", "Bearer " + genuine.access(), "Origin", origin));
    }

    private Reply status(String token, String user) {
        return Http.get(address("users/" + user + "/mfa-status"), bearer(token));
    }

    private URI address(String path) {
        return URI.create(realm.address() + "/v1/" + path);
    }

    private static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    private static String withoutId(Reply reply) {
        return reply.status() + reply.body().replaceAll("\"correlation_id\":\"[^\"]*\"", "");
    }
}
