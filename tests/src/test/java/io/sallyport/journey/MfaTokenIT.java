package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client without a browser goes on after the password by an mfa_token, which is good for nothing else. */
@Journey
final class MfaTokenIT {

    private final MfaRealm realm;
    private final SelfServiceDocument document;

    MfaTokenIT(KeycloakServer server) {
        this.realm = MfaRealm.strict(server);
        this.document = SelfServiceDocument.of(realm);
    }

    @Test
    @DisplayName("TOK-01: a password alone gives an mfa_token, and a code with it a session with full tokens")
    void aCodeGivesTokens() {
        Member member = realm.enrolled();
        JsonNode offer = offer(realm.shop(), member);

        Reply reply = verify(offer.path("mfa_token").asText(), code(member)).expect(200);

        assertThat(offer.path("expires_in").asInt()).isEqualTo(600);
        assertThat(offer.path("methods").toString()).contains("TOTP");
        assertThat(offer.path("enrollment_required").asBoolean()).isFalse();
        Tokens tokens = Tokens.from(reply.json());
        assertThat(tokens.claims().path("mfa_verified").asBoolean()).isTrue();
        assertThat(tokens.claims().path("azp").asText()).isEqualTo("shop");
        assertThat(tokens.idClaims().path("acr").asText()).isEqualTo("mfa");
        assertThat(reply.json().path("mfa").path("method").asText()).isEqualTo("TOTP");
        assertThat(realm.shop().userinfo(tokens.access()).status()).isEqualTo(200);
        assertThat(realm.shop().refresh(tokens.refresh().orElseThrow()).granted())
                .isTrue();
        assertThat(realm.admin()
                        .get(realm.name() + "/events?type=LOGIN&user=" + member.id())
                        .findValuesAsText("auth_method"))
                .contains("mfa_token");
    }

    @Test
    @DisplayName("TOK-01: whoever has no factor is told to enroll; his token proves nothing")
    void aTokenForEnrollingProvesNothing() {
        Member member = realm.newcomer();
        JsonNode offer = offer(realm.shop(), member);
        String token = offer.path("mfa_token").asText();

        assertThat(offer.path("enrollment_required").asBoolean()).isTrue();
        assertThat(offer.path("methods").toString()).isEqualTo("[\"TOTP\"]");
        assertThat(verify(token, Map.of("method", "TOTP", "code", "123456")).status())
                .isEqualTo(403);
        assertThat(call("challenge", token, Map.of("action_type", "sign_in")).status())
                .isEqualTo(403);
        nothingLeft(member);
    }

    @Test
    @DisplayName("TOK-01: who must enroll does, and his first code gives full tokens, once")
    void whoMustEnrollDoes() {
        Member member = realm.newcomer();
        String token = token(member);
        JsonNode begun =
                call("enroll", token, Map.of("method", "TOTP")).expect(200).json();
        Phone phone =
                Phone.with(begun.path("secret_or_challenge").path("secret").asText());
        Map<String, Object> first = Map.of(
                "method",
                "TOTP",
                "code",
                phone.nextCode(),
                "enrollment_id",
                begun.path("enrollment_id").asText());

        Tokens tokens = Tokens.from(verify(token, first).expect(200).json());

        assertThat(tokens.claims().path("mfa_verified").asBoolean()).isTrue();
        assertThat(tokens.refresh()).isPresent();
        assertThat(verify(token, first).status()).isEqualTo(401);
        assertThat(call("enroll", token, Map.of("method", "TOTP")).status()).isEqualTo(401);
        assertThat(sessions(member)).hasSize(1);
    }

    @Test
    @DisplayName("TOK-01: a token for proving enrolls nothing, and asks for no action")
    void aTokenForProvingEnrollsNothing() {
        Member member = realm.enrolled();
        String token = token(member);

        assertThat(verify(token, Map.of("method", "TOTP", "code", "123456", "enrollment_id", "x"))
                        .status())
                .isEqualTo(403);
        assertThat(call("enroll", token, Map.of("method", "TOTP")).status()).isEqualTo(403);
        assertThat(call("challenge", token, Map.of("action_type", "approve_payment"))
                        .status())
                .isEqualTo(403);
        assertThat(call("challenge", token, Map.of("action_type", "sign_in"))
                        .expect(200)
                        .json()
                        .path("methods")
                        .toString())
                .contains("TOTP");
        nothingLeft(member);
    }

    @Test
    @DisplayName("TOK-01: spent is spent: 401, and 409 for the same external_id")
    void spentIsSpent() {
        Member member = realm.enrolled();
        String token = token(member);
        Map<String, Object> call = new LinkedHashMap<>(code(member));
        call.put("external_id", "call-1");
        verify(token, call).expect(200);

        assertThat(verify(token, call).status()).isEqualTo(409);
        call.put("external_id", "call-2");
        assertThat(verify(token, call).status()).isEqualTo(401);
        assertThat(verify(token, code(member)).status()).isEqualTo(401);
    }

    @Test
    @DisplayName("TOK-01: of 20 calls at once with one token and one code one makes a session")
    void oneOfManyMakesASession() throws Exception {
        Member member = realm.enrolled();
        String token = token(member);
        Map<String, Object> code =
                Map.of("method", "TOTP", "code", member.phone().newestCode());
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(() -> verify(token, code).status());
        }

        List<Integer> answers = Together.run(calls);

        assertThat(answers).containsOnlyOnce(200).allMatch(status -> status < 500);
        assertThat(sessions(member)).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("TOK-01: a token whose ground has moved is unknown")
    @CsvSource(
            delimiter = '|',
            value = {
                "another address | ADDRESS = '203.0.113.9' | mfa_token_another_address",
                "bound to a key | KEY_BINDING = 'jkt:of-another-key' | mfa_token_another_key",
                "over | EXPIRES_AT = CREATED_AT - 1 | mfa_token_expired",
                "another realm | REALM_ID = 'another' | mfa_required",
                "another password | PASSWORD_VERSION = 'another' | mfa_token_password_changed",
                "another client | CLIENT_ID = 'another' | mfa_token_client_unavailable",
                "a session that is over | SESSION_ID = 'another' | mfa_token_session_over",
                "ended | STATUS = 'ENDED' | mfa_token_ended",
                "spent | STATUS = 'SPENT' | mfa_token_spent",
                "for enrolling | PURPOSE = 'ENROLL' | mfa_token_another_purpose",
            })
    void aMovedTokenIsUnknown(String name, String change, String reason) {
        Member member = realm.enrolled();
        String token = token(member);
        realm.server().database().update("UPDATE MFA_TOKEN SET " + change + " WHERE USER_ID = ?", member.id());

        Reply reply = verify(token, Map.of("method", "TOTP", "code", "123456"));

        assertThat(reply.json().path("error").asText())
                .isEqualTo(reason.equals("mfa_token_another_purpose") ? "FORBIDDEN" : "UNAUTHENTICATED");
        assertThat(reasons(member).get(reasons(member).size() - 1)).isEqualTo(reason);
        assertThat(realm.audit().of(member.id()).toString()).doesNotContain(token);
    }

    @Test
    @DisplayName("TOK-01: a dead token that is tried again and again is one row for each reason, not one for each try")
    void aDeadTokenFloodsNothing() {
        Member member = realm.enrolled();
        String token = token(member);
        verify(token, code(member)).expect(200);
        for (int i = 0; i < 3; i++) {
            assertThat(verify(token, Map.of("method", "TOTP", "code", "123456")).status())
                    .isEqualTo(401);
        }

        realm.server()
                .database()
                .update("UPDATE MFA_TOKEN SET EXPIRES_AT = CREATED_AT - 1 WHERE USER_ID = ?", member.id());
        for (int i = 0; i < 3; i++) {
            assertThat(verify(token, Map.of("method", "TOTP", "code", "123456")).status())
                    .isEqualTo(401);
        }

        assertThat(reasons(member)).containsOnlyOnce("mfa_token_spent", "mfa_token_expired");
    }

    @Test
    @DisplayName("TOK-01: whoever removes a factor ends what is broken off elsewhere")
    void aRemovedFactorEndsThem() {
        SelfService calls = SelfService.of(realm);
        Member member = realm.enrolledWith("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP");
        Tokens own = calls.signIn(member);
        String token = token(member);
        String factor = new HelpDesk(realm).factor(member);

        calls.send("DELETE", own.access(), "auth/mfa/enrollments/" + factor, "").expect(204);

        assertThat(verify(token, Map.of("method", "TOTP", "code", "123456")).status())
                .isEqualTo(401);
        assertThat(reasons(member)).contains("mfa_token_ended");
    }

    @Test
    @DisplayName("TOK-01: what the realm, the client or the user has revoked takes its tokens along")
    void whatIsRevoked() {
        String id = realm.addClient("c-revoked", Map.of("publicClient", true));
        OidcClient client = new OidcClient(realm.address(), "c-revoked", Optional.empty(), MfaRealm.CALLBACK);
        Member member = realm.enrolled();
        String token = offer(client, member).path("mfa_token").asText();
        Map<String, Object> revoked = new LinkedHashMap<>();
        realm.admin()
                .get(realm.name() + "/clients/" + id)
                .properties()
                .forEach(field -> revoked.put(field.getKey(), field.getValue()));
        revoked.put("notBefore", Instant.now().getEpochSecond() + 60);

        realm.admin().put(realm.name() + "/clients/" + id, revoked);

        assertUnknown(token, member);
        assertThat(reasons(member)).contains("mfa_token_revoked");
    }

    @Test
    @DisplayName("TOK-01: what is over for a day is forgotten when anybody comes with a token, and nothing else is")
    void whatIsOverIsForgotten() {
        Member absent = realm.enrolled();
        Member member = realm.enrolled();
        token(absent);
        token(absent);
        String token = token(member);
        Database database = realm.server().database();
        database.update(
                "UPDATE MFA_TOKEN SET EXPIRES_AT = CREATED_AT - 172800000 WHERE ID = (SELECT MIN(ID) FROM MFA_TOKEN"
                        + " WHERE USER_ID = ?)",
                absent.id());

        verify(token, code(member)).expect(200);

        assertThat(database.rows("SELECT * FROM MFA_TOKEN WHERE USER_ID = ?", absent.id()))
                .hasSize(1);
    }

    @Test
    @DisplayName("TOK-01: after a change of the password, a disabled user, a removed one")
    void changesOfTheUser() {
        Member changed = realm.enrolled();
        Member disabled = realm.enrolled();
        Member removed = realm.enrolled();
        String first = token(changed);
        String second = token(disabled);
        String third = token(removed);
        realm.admin()
                .put(
                        realm.name() + "/users/" + changed.id() + "/reset-password",
                        Map.of("type", "password", "value", "another horse", "temporary", false));
        realm.changeUser(disabled, Map.of("enabled", false));
        realm.admin().delete(realm.name() + "/users/" + removed.id());

        assertUnknown(first, changed);
        assertUnknown(second, disabled);
        assertUnknown(third, removed);
    }

    @Test
    @DisplayName("TOK-01: after the client was disabled, or may not use the direct grant any more")
    void changesOfTheClient() {
        for (String property : List.of("enabled", "directAccessGrantsEnabled")) {
            String id = realm.addClient("c-" + property, Map.of("publicClient", true));
            Member member = realm.enrolled();
            OidcClient client = new OidcClient(realm.address(), "c-" + property, Optional.empty(), MfaRealm.CALLBACK);
            String token = offer(client, member).path("mfa_token").asText();
            Map<String, Object> changed = new LinkedHashMap<>();
            realm.admin()
                    .get(realm.name() + "/clients/" + id)
                    .properties()
                    .forEach(field -> changed.put(field.getKey(), field.getValue()));
            changed.put(property, false);
            realm.admin().put(realm.name() + "/clients/" + id, changed);

            assertUnknown(token, member);
        }
    }

    @Test
    @DisplayName("TOK-01: a confidential client proves itself again, and only the one that asked")
    void theClientProvesItself() {
        Member member = realm.enrolled();
        String token = offer(realm.backend(), member).path("mfa_token").asText();

        assertUnknown(token, member);
        assertThat(verify(token, with(code(member), "client_secret", "wrong")).status())
                .isEqualTo(401);
        assertThat(verify(token, with(code(member), "client_id", "shop")).status())
                .isEqualTo(401);
        assertThat(verify(token, with(code(member), "client_secret", MfaRealm.SECRET))
                        .expect(200)
                        .json()
                        .has("access_token"))
                .isTrue();
    }

    @Test
    @DisplayName("TOK-01: a client may prove itself by a Basic header of its own name")
    void theClientMayUseAHeader() {
        Member member = realm.enrolled();
        String token = offer(realm.backend(), member).path("mfa_token").asText();
        String basic = "Basic "
                + Base64.getEncoder().encodeToString(("backend:" + MfaRealm.SECRET).getBytes(StandardCharsets.UTF_8));

        Http.sendJson(
                        "POST",
                        address("verify"),
                        Json.write(code(member)),
                        Map.of("Authorization", "Bearer " + token, "X-Client-Authorization", basic))
                .expect(200);
    }

    @Test
    @DisplayName("TOK-01: wrong codes count over all tokens, and the lock ends them")
    void wrongCodesLock() {
        Member member = realm.enrolled();
        Map<String, Object> wrong =
                Map.of("method", "TOTP", "code", member.phone().wrongCode());
        List<String> tokens = List.of(token(member), token(member), token(member));
        token(member);
        Database database = realm.server().database();
        database.update(
                "UPDATE MFA_TOKEN SET EXPIRES_AT = CREATED_AT - 1 WHERE ID = (SELECT MIN(ID) FROM MFA_TOKEN WHERE"
                        + " USER_ID = ? AND CREATED_AT = (SELECT MAX(CREATED_AT) FROM MFA_TOKEN WHERE USER_ID = ?))",
                member.id(),
                member.id());
        for (int i = 0; i < 4; i++) {
            assertThat(verify(tokens.get(i % 3), wrong).status()).isEqualTo(401);
        }
        assertThat(verify(tokens.get(1), wrong).status()).isEqualTo(429);

        database.update("UPDATE MFA_THROTTLE SET LOCKED_UNTIL = 1 WHERE USER_ID = ?", member.id());

        tokens.forEach(token -> assertUnknown(token, member));
        assertThat(database.rows("SELECT STATUS FROM MFA_TOKEN WHERE USER_ID = ? ORDER BY CREATED_AT", member.id()))
                .as("what is over already is left to whoever sweeps it away")
                .extracting(row -> row.get("STATUS"))
                .containsExactly("ENDED", "ENDED", "ENDED", "PENDING");
        assertThat(realm.audit().of(member.id(), "auth.mfa_locked")).hasSize(1);
    }

    @Test
    @DisplayName("TOK-01: it is no access token, here or anywhere, and none of another realm's")
    void itIsNoAccessToken() {
        Member member = realm.enrolled();
        String token = token(member);
        Map<String, String> bearer = Map.of("Authorization", "Bearer " + token);

        assertThat(realm.shop().userinfo(token).status()).isEqualTo(401);
        assertThat(Http.get(
                                URI.create(realm.address() + "/account"),
                                Map.of("Authorization", "Bearer " + token, "Accept", "application/json"))
                        .status())
                .isEqualTo(401);
        assertThat(Http.get(realm.address().resolve("/admin/realms/" + realm.name()), bearer)
                        .status())
                .isEqualTo(401);
        assertThat(realm.backend().introspect(token).path("active").asBoolean()).isFalse();
        assertThat(realm.shop().refresh(token).granted()).isFalse();
        assertThat(call("authorize", token, Map.of("action_type", "approve_payment"))
                        .status())
                .isEqualTo(401);
        assertThat(Http.sendJson(
                                "POST",
                                URI.create(MfaRealm.strict(realm.server()).address() + "/v1/auth/mfa/verify"),
                                Json.write(code(member)),
                                bearer)
                        .status())
                .isEqualTo(401);
        nothingLeft(member);
    }

    @Test
    @DisplayName("REC-04: a temporary pass leads to enrolling, by the grant and by verify, and is spent")
    void aPassLeadsToEnrolling() {
        Member byGrant = realm.enrolled();
        Member byVerify = realm.enrolled();
        HelpDesk helpDesk = new HelpDesk(realm);
        Map<String, String> pass = Map.of("mfa_method", "TEMPORARY_PASS", "mfa_code", helpDesk.pass(byGrant));

        TokenReply offered = realm.shop().password(byGrant.username(), Member.PASSWORD, pass);
        TokenReply again = realm.shop().password(byGrant.username(), Member.PASSWORD, pass);
        JsonNode verified = verify(token(byVerify), Map.of("method", "TEMPORARY_PASS", "code", helpDesk.pass(byVerify)))
                .expect(200)
                .json();

        assertThat(offered.status()).as(offered.describe()).isEqualTo(403);
        assertThat(offered.reply().json().path("enrollment_required").asBoolean())
                .as(offered.describe())
                .isTrue();
        assertThat(again.error()).isEqualTo("invalid_grant");
        assertThat(verified.has("access_token")).isFalse();
        assertThat(verified.path("enrollment_required").asBoolean()).isTrue();
        assertThat(verified.path("mfa_token").asText()).hasSize(43);
        nothingLeft(byGrant);
        nothingLeft(byVerify);
    }

    @Test
    @DisplayName("TOK-01: nothing of a token is in the database, the trail, the events or the log")
    void itIsWrittenNowhere() {
        Member member = realm.enrolled();
        String token = token(member);
        verify(token, Map.of("method", "TOTP", "code", member.phone().wrongCode()));
        verify(token, code(member)).expect(200);

        assertThat(realm.server().database().dump()).doesNotContain(token);
        assertThat(realm.server().log()).doesNotContain(token);
        assertThat(realm.audit().of(member.id()).toString()).doesNotContain(token);
    }

    private void assertUnknown(String token, Member member) {
        Reply reply = verify(token, code(member));

        assertThat(reply.status()).as(reply.body()).isEqualTo(401);
        assertThat(reply.json().path("error").asText()).isEqualTo("UNAUTHENTICATED");
    }

    private List<String> reasons(Member member) {
        return realm.audit().of(member.id(), "auth.mfa_token_refused").stream()
                .map(Audit.Row::reason)
                .toList();
    }

    private void nothingLeft(Member member) {
        assertThat(sessions(member)).isEmpty();
    }

    private JsonNode sessions(Member member) {
        return realm.admin().get(realm.name() + "/users/" + member.id() + "/sessions");
    }

    private String token(Member member) {
        return offer(realm.shop(), member).path("mfa_token").asText();
    }

    private JsonNode offer(OidcClient client, Member member) {
        TokenReply refused = client.password(member.username(), Member.PASSWORD);
        assertThat(refused.status()).as(refused.describe()).isEqualTo(403);
        assertThat(refused.error()).isEqualTo("mfa_required");
        assertThat(refused.reply().json().path("mfa_token").asText())
                .as(refused.describe())
                .hasSize(43);
        document.assertIs("MfaRequired", refused.reply());
        return refused.reply().json();
    }

    private static Map<String, Object> code(Member member) {
        return Map.of("method", "TOTP", "code", member.phone().nextCode());
    }

    private static Map<String, Object> with(Map<String, Object> body, String name, String value) {
        Map<String, Object> more = new LinkedHashMap<>(body);
        more.put(name, value);
        return more;
    }

    private Reply verify(String token, Map<String, Object> body) {
        return call("verify", token, body);
    }

    private Reply call(String name, String token, Map<String, Object> body) {
        Reply reply =
                Http.sendJson("POST", address(name), Json.write(body), Map.of("Authorization", "Bearer " + token));
        document.assertDescribes("post", "/auth/mfa/" + name, reply);
        return reply;
    }

    private URI address(String name) {
        return URI.create(realm.address() + "/v1/auth/mfa/" + name);
    }
}
