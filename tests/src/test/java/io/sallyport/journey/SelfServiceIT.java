package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application enrolls its users' factors, proves them, tells where users stand and takes factors away, by REST alone. */
@Journey
final class SelfServiceIT {

    private final KeycloakServer server;
    private final String origin;
    private final MfaRealm realm;
    private final SelfService calls;

    SelfServiceIT(KeycloakServer server) {
        this.server = server;
        this.origin = "http://localhost:" + server.address().getPort();
        this.realm = MfaRealm.setUp(
                server,
                Map.of(
                        "mfa.methods", "TOTP, WEBAUTHN",
                        "mfa.webauthn.origins", origin,
                        "mfa.claim.ttl", "3600"),
                Rules.NONE);
        this.calls = SelfService.of(realm);
    }

    @Test
    @DisplayName(
            "An authenticator app: begun, proved, active; the codes count from then on; TOTP-09: its secret is told once")
    void anAuthenticatorApp() {
        Member member = realm.newcomer();
        String token = session(member);
        JsonNode begun = enroll(token, Map.of("method", "TOTP", "external_id", "a-1 %_../é", "label", "My phone"))
                .expect(200)
                .json();
        String id = begun.path("enrollment_id").asText();
        String secret = begun.path("secret_or_challenge").path("secret").asText();
        String recovery = begun.path("recovery_codes").path(9).asText();
        assertThat(begun.path("status").asText()).isEqualTo("ENROLLED");
        assertThat(begun.path("external_id").asText()).isEqualTo("a-1 %_../é");
        assertThat(begun.path("secret_or_challenge").path("otpauth_uri").asText())
                .startsWith("otpauth://totp/")
                .contains("secret=" + secret);
        assertThat(begun.path("secret_or_challenge").path("qr_png").asText()).startsWith("iVBOR");
        assertThat(status(token, member).path("recovery_codes_remaining").asInt())
                .as("they count for nothing yet")
                .isZero();
        assertThat(error(recover(token, recovery))).isEqualTo("MFA_METHOD_UNAVAILABLE");
        Phone phone = Phone.with(secret);
        assertThat(error(first(token, id, phone.wrongCode()))).isEqualTo("INVALID_OTP");

        JsonNode answer = first(token, id, phone.nextCode()).expect(200).json();

        JsonNode claims = Jwt.claims(answer.path("access_token").asText());
        assertThat(claims.path("mfa_verified").asBoolean()).isTrue();
        assertThat(claims.path("mfa_method").asText()).isEqualTo("TOTP");
        assertThat(claims.path("acr").asText()).isEqualTo("mfa");
        JsonNode status = status(token, member);
        assertThat(status.path("status").asText()).isEqualTo("ACTIVE");
        assertThat(status.path("recovery_codes_remaining").asInt()).isEqualTo(10);
        assertThat(error(first(token, id, phone.nextCode()))).isEqualTo("MFA_ALREADY_ACTIVE");
        assertThat(types(member))
                .contains("auth.mfa_enrollment_started", "auth.mfa_recovery_reset", "auth.mfa_activated");
        assertThat(server.database().rows("SELECT * FROM MFA_ENROLLMENT WHERE ENROLLMENT_ID = ?", id))
                .extracting(row -> row.get("EXTERNAL_ID"))
                .containsExactly("a-1 %_../é");
        JsonNode way = recover(session(member, phone), recovery).expect(200).json();
        assertThat(way.path("mfa_token").asText()).hasSize(43);
        assertNowhere(secret, recovery, member, token);
    }

    @Test
    @DisplayName(
            "A security key takes the options as they come, then signs in; the same key again is 409, a wrong answer 401")
    void aSecurityKey() {
        Member member = realm.newcomer();
        String token = session(member);
        SecurityKey key = SecurityKey.at(origin);
        JsonNode refused =
                enroll(token, Map.of("method", "WEBAUTHN")).expect(200).json();
        Reply stranger =
                prove(token, refused, SecurityKey.at("https://evil.test").create(refused.path("secret_or_challenge")));
        assertThat(error(stranger)).isEqualTo("INVALID_OTP");
        assertThat(error(prove(token, refused, key.create(refused.path("secret_or_challenge")))))
                .as("a challenge takes one answer")
                .isEqualTo("MFA_CHALLENGE_EXPIRED");
        JsonNode begun = enroll(token, Map.of("method", "WEBAUTHN")).expect(200).json();
        JsonNode options = begun.path("secret_or_challenge");
        assertThat(options.path("rp").path("id").asText()).isEqualTo("localhost");
        assertThat(options.path("user").path("id").isTextual()).isTrue();

        JsonNode answer = prove(token, begun, key.create(options)).expect(200).json();

        JsonNode claims = Jwt.claims(answer.path("access_token").asText());
        assertThat(claims.path("mfa_method").asText()).isEqualTo("WEBAUTHN");
        JsonNode asked = calls.challenge(token, Map.of("action_type", "sign_in", "method", "WEBAUTHN"))
                .expect(200)
                .json();
        calls.verify(
                        token,
                        Map.of(
                                "method",
                                "WEBAUTHN",
                                "challenge_id",
                                asked.path("challenge_id").asText(),
                                "credential",
                                Json.read(key.get(asked.path("webauthn")))))
                .expect(200);
        JsonNode again = enroll(token, Map.of("method", "WEBAUTHN")).expect(200).json();
        assertThat(again.path("recovery_codes")).as("not the first").isEmpty();
        assertThat(again.path("secret_or_challenge").path("excludeCredentials")).hasSize(1);
        assertThat(error(prove(token, again, key.create(again.path("secret_or_challenge")))))
                .isEqualTo("MFA_ALREADY_ACTIVE");
    }

    @Test
    @DisplayName(
            "LIFE-03: whoever has the password alone adds no factor beside another's, and his recovery codes are dead")
    void aThiefOfThePassword() {
        Member member = realm.newcomer();
        String thief = session(member);
        JsonNode stolen = enroll(thief, Map.of("method", "TOTP")).expect(200).json();
        String own = session(member);
        JsonNode mine = enroll(own, Map.of("method", "WEBAUTHN")).expect(200).json();
        prove(own, mine, SecurityKey.at(origin).create(mine.path("secret_or_challenge")))
                .expect(200);

        Phone phone =
                Phone.with(stolen.path("secret_or_challenge").path("secret").asText());
        assertThat(error(first(thief, stolen.path("enrollment_id").asText(), phone.nextCode())))
                .isEqualTo("MFA_REQUIRED");
        assertThat(server.database()
                        .rows(
                                "SELECT * FROM MFA_RECOVERY_CODE WHERE USER_ID = ? AND ENROLLMENT_ID IS NOT NULL",
                                member.id()))
                .as("nothing waits any more")
                .isEmpty();
        assertThat(error(recover(thief, stolen.path("recovery_codes").path(0).asText())))
                .isEqualTo("INVALID_OTP");
        for (String method : List.of("TOTP", "WEBAUTHN")) {
            assertThat(error(enroll(thief, Map.of("method", method)))).isEqualTo("MFA_REQUIRED");
        }
        assertThat(error(calls.call(thief, "auth/mfa/recovery-codes", Map.of())))
                .isEqualTo("MFA_REQUIRED");
        assertThat(error(delete(thief, mine.path("enrollment_id").asText()))).isEqualTo("MFA_REQUIRED");
        assertThat(status(own, member).path("recovery_codes_remaining").asInt()).isEqualTo(10);
    }

    @Test
    @DisplayName(
            "A pending enrollment is replaced, with its codes, and ends by its time; another's is one that never was")
    void aPendingEnrollment() {
        Member member = realm.newcomer();
        String token = session(member);
        JsonNode before = enroll(token, Map.of("method", "TOTP")).expect(200).json();
        JsonNode begun = enroll(token, Map.of("method", "TOTP")).expect(200).json();
        String id = begun.path("enrollment_id").asText();
        assertThat(error(first(token, before.path("enrollment_id").asText(), "123456")))
                .isEqualTo("NOT_FOUND");
        assertThat(server.database().rows("SELECT * FROM MFA_RECOVERY_CODE WHERE USER_ID = ?", member.id()))
                .hasSize(10);
        String stranger = session(realm.newcomer());
        assertThat(withoutId(first(stranger, id, "123456")))
                .as("API-02")
                .isEqualTo(withoutId(first(stranger, "00000000-0000-0000-0000-000000000000", "123456")));

        server.database().update("UPDATE MFA_ENROLLMENT SET EXPIRES_AT = 1 WHERE ENROLLMENT_ID = ?", id);

        assertThat(error(first(token, id, "123456"))).isEqualTo("MFA_CHALLENGE_EXPIRED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RECOVERY_CODE", "TEMPORARY_PASS"})
    @DisplayName(
            "REC-04: in a session, what only leads to a new factor answers an mfa_token for that, once, and no token")
    void aLastResortLeadsToAFactor(String method) {
        Member member = realm.newcomer();
        String lost = session(member);
        String recovery = codeOfAFactor(member);
        String code = method.equals("TEMPORARY_PASS") ? new HelpDesk(realm).pass(member) : recovery;
        Map<String, Object> answer = Map.of("method", method, "code", code);

        JsonNode way = calls.verify(lost, answer).expect(200).json();

        String token = way.path("mfa_token").asText();
        assertThat(way.has("access_token")).isFalse();
        assertThat(way.path("enrollment_required").asBoolean()).isTrue();
        assertThat(way.path("methods").toString()).contains("TOTP", "WEBAUTHN");
        assertThat(error(calls.verify(lost, answer))).as("spent").isNotEmpty();
        assertThat(error(calls.challenge(token, Map.of("action_type", "sign_in"))))
                .as("it proves nothing")
                .isEqualTo("FORBIDDEN");
        JsonNode begun = enroll(token, Map.of("method", "TOTP", "label", "new phone"))
                .expect(200)
                .json();
        Phone phone =
                Phone.with(begun.path("secret_or_challenge").path("secret").asText());
        String id = begun.path("enrollment_id").asText();
        JsonNode proved = first(token, id, phone.nextCode()).expect(200).json();
        JsonNode claims = Jwt.claims(proved.path("access_token").asText());
        assertThat(claims.path("mfa_method").asText()).isEqualTo("TOTP");
        assertThat(claims.path("sid").asText())
                .as("no other session")
                .isEqualTo(Jwt.claims(lost).path("sid").asText());
        assertThat(claims.path("aud").toString()).contains("sallyport");
        assertThat(first(token, id, phone.nextCode()).status()).as("spent").isEqualTo(401);
        assertThat(enroll(token, Map.of("method", "TOTP")).status()).isEqualTo(401);
    }

    @Test
    @DisplayName("REC-04: such an mfa_token makes no claim, and ends with its session")
    void aLastResortEndsWithItsSession() {
        Member member = realm.newcomer();
        Tokens lost = calls.client()
                .password(member.username(), Member.PASSWORD, Map.of("scope", "openid mfa"))
                .tokens();
        String token = recover(lost.access(), codeOfAFactor(member))
                .expect(200)
                .json()
                .path("mfa_token")
                .asText();

        Tokens refreshed = calls.client().refresh(lost.refresh().orElseThrow()).tokens();
        assertThat(refreshed.claims().has("mfa_verified")).isFalse();
        assertThat(refreshed.claims().path("acr").asText()).isNotEqualTo("mfa");
        calls.client().logout(refreshed.refresh().orElseThrow()).expect(204);

        assertThat(enroll(token, Map.of("method", "TOTP")).status()).isEqualTo(401);
    }

    @Test
    @DisplayName("REC-06: new codes need a fresh factor, not a code, and the old set is dead at once")
    void newCodes() {
        Member member = realm.newcomer();
        String byCode = session(member);
        String token = session(member);
        JsonNode begun = enroll(token, Map.of("method", "TOTP")).expect(200).json();
        Phone phone =
                Phone.with(begun.path("secret_or_challenge").path("secret").asText());
        first(token, begun.path("enrollment_id").asText(), phone.nextCode()).expect(200);
        recover(byCode, begun.path("recovery_codes").path(0).asText());
        assertThat(error(calls.call(byCode, "auth/mfa/recovery-codes", Map.of())))
                .isEqualTo("MFA_REQUIRED");

        JsonNode codes = calls.call(token, "auth/mfa/recovery-codes", Map.of())
                .expect(200)
                .json()
                .path("recovery_codes");

        assertThat(codes).hasSize(10);
        assertThat(error(recover(byCode, begun.path("recovery_codes").path(1).asText())))
                .isEqualTo("INVALID_OTP");
        assertThat(realm.audit().of(member.id(), "auth.mfa_recovery_reset")).hasSize(2);
    }

    @Test
    @DisplayName("A factor is removed by whoever proved one; the last one of somebody who must have one stays")
    void aFactorIsRemoved() {
        Member member = realm.enrolled();
        String token = calls.signIn(member).access();
        JsonNode second = enroll(token, Map.of("method", "TOTP", "label", "second"))
                .expect(200)
                .json();
        String id = second.path("enrollment_id").asText();
        Phone phone =
                Phone.with(second.path("secret_or_challenge").path("secret").asText());
        first(token, id, phone.nextCode()).expect(200);
        assertThat(error(enroll(token, Map.of("method", "TOTP", "label", "SECOND"))))
                .isEqualTo("MFA_ALREADY_ACTIVE");
        assertThat(withoutId(delete(calls.signIn(realm.enrolled()).access(), id)))
                .as("API-02: another's is one that never was")
                .isEqualTo(withoutId(delete(token, "00000000-0000-0000-0000-000000000000")))
                .contains("NOT_FOUND");

        assertThat(delete(token, id).status()).isEqualTo(204);

        assertThat(types(member)).contains("auth.mfa_deactivated");
        assertThat(error(first(token, id, phone.nextCode()))).isEqualTo("MFA_CHALLENGE_EXPIRED");
        Policies.of(realm)
                .create(Map.of("required", true, "scope", Map.of("user", member.username())))
                .expect(201);
        String last = realm.admin()
                .get(realm.name() + "/mfa/users/" + member.id())
                .path("enrollments")
                .path(0)
                .path("enrollment_id")
                .asText();
        assertThat(error(delete(calls.signIn(member).access(), last))).isEqualTo("LAST_FACTOR");
    }

    private void assertNowhere(String secret, String recovery, Member member, String token) {
        String user = realm.name() + "/users/" + member.id();
        List<String> readable = List.of(
                status(token, member).toString(),
                Http.get(
                                URI.create(realm.address() + "/account/credentials"),
                                Map.of("Authorization", "Bearer " + token))
                        .body(),
                realm.admin().get(user + "/credentials").toString(),
                realm.admin().get(realm.name() + "/mfa/users/" + member.id()).toString(),
                realm.audit().of(member.id()).toString(),
                server.database().dump(),
                server.log());
        assertThat(readable).noneMatch(text -> text.contains(secret) || text.contains(recovery));
    }

    private String session(Member member) {
        return calls.client()
                .password(member.username(), Member.PASSWORD, Map.of("scope", "openid mfa"))
                .tokens()
                .access();
    }

    private String session(Member member, Phone phone) {
        return calls.client()
                .password(member.username(), Member.PASSWORD, Map.of("scope", "openid mfa", "totp", phone.nextCode()))
                .tokens()
                .access();
    }

    /** A recovery code of the member, who enrolls his first factor for it in another session. */
    private String codeOfAFactor(Member member) {
        String token = session(member);
        JsonNode begun = enroll(token, Map.of("method", "TOTP")).expect(200).json();
        Phone phone =
                Phone.with(begun.path("secret_or_challenge").path("secret").asText());
        first(token, begun.path("enrollment_id").asText(), phone.nextCode()).expect(200);
        return begun.path("recovery_codes").path(0).asText();
    }

    private Reply enroll(String token, Map<String, Object> request) {
        return calls.call(token, "auth/mfa/enroll", request);
    }

    private Reply first(String token, String enrollment, String code) {
        return calls.verify(token, Map.of("method", "TOTP", "enrollment_id", enrollment, "code", code));
    }

    private Reply prove(String token, JsonNode begun, String credential) {
        Map<String, Object> request = new HashMap<>();
        request.put("method", "WEBAUTHN");
        request.put("enrollment_id", begun.path("enrollment_id").asText());
        request.put("credential", Json.read(credential));
        return calls.verify(token, request);
    }

    private Reply recover(String token, String code) {
        return calls.verify(token, Map.of("method", "RECOVERY_CODE", "code", code));
    }

    private Reply delete(String token, String enrollment) {
        return calls.send("DELETE", token, "auth/mfa/enrollments/" + enrollment, "");
    }

    private JsonNode status(String token, Member member) {
        return calls.send("GET", token, "users/" + member.id() + "/mfa-status", "")
                .expect(200)
                .json();
    }

    private List<String> types(Member member) {
        return realm.audit().of(member.id()).stream().map(Audit.Row::type).toList();
    }

    private static String error(Reply reply) {
        return reply.json().path("error").asText();
    }

    private static String withoutId(Reply reply) {
        return reply.status() + reply.body().replaceAll("\"correlation_id\":\"[^\"]*\"", "");
    }
}
