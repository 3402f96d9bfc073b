package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An application that got no answer asks again with the same {@code external_id}, and nothing happens twice. */
@Journey
final class IdempotencyIT {

    private static final Map<String, Object> PAYMENT = Map.of("amount", 10.5, "currency", "EUR", "payee", "A Ltd");

    private final KeycloakServer server;
    private final MfaRealm realm;
    private final Database database;
    private final SelfService calls;
    private final String origin;

    IdempotencyIT(KeycloakServer server) {
        this.server = server;
        this.origin = "http://localhost:" + server.address().getPort();
        this.realm = MfaRealm.setUp(
                server,
                Map.of("mfa.methods", "TOTP, WEBAUTHN", "mfa.webauthn.origins", origin),
                SelfService.policy(Rules.NONE, List.of(SelfService.PAYMENT, SelfService.EXPORT)));
        this.database = server.database();
        this.calls = SelfService.of(realm);
    }

    @Test
    @DisplayName("API-03: enroll, repeated: one enrollment, one secret, and recovery codes in place of the first")
    void enroll() {
        Member member = realm.newcomer();
        String token = session(member);
        Map<String, Object> request = Map.of("method", "TOTP", "external_id", "e-1", "label", "Phone");

        JsonNode first = call(token, "enroll", request).expect(200).json();
        JsonNode again = call(token, "enroll", request).expect(200).json();

        for (String same : List.of("enrollment_id", "secret_or_challenge", "expires_at", "status", "external_id")) {
            assertThat(again.path(same)).as(same).isEqualTo(first.path(same));
        }
        assertThat(again.path("recovery_codes")).hasSize(10).isNotEqualTo(first.path("recovery_codes"));
        assertThat(realm.audit().of(member.id(), "auth.mfa_enrollment_started")).hasSize(1);
        assertThat(error(call(token, "enroll", Map.of("method", "TOTP", "external_id", "e-1"))))
                .isEqualTo("IDEMPOTENCY_CONFLICT");
        String other = session(member);
        Phone phone =
                Phone.with(first.path("secret_or_challenge").path("secret").asText());
        call(token, "verify", firstAnswer(first, phone)).expect(200);
        assertThat(error(call(token, "enroll", request))).isEqualTo("MFA_ALREADY_ACTIVE");
        assertThat(error(recover(other, first))).isEqualTo("INVALID_OTP");
        recover(other, again).expect(200);
    }

    @Test
    @DisplayName("API-03: a key's options are the same once more, and its one answer ends that")
    void aKey() {
        String token = session(realm.newcomer());
        Map<String, Object> request = Map.of("method", "WEBAUTHN", "external_id", "k-1");
        JsonNode first = call(token, "enroll", request).expect(200).json();
        JsonNode again = call(token, "enroll", request).expect(200).json();
        assertThat(again.path("secret_or_challenge")).isEqualTo(first.path("secret_or_challenge"));
        SecurityKey key = SecurityKey.at(origin);
        Map<String, Object> answer = Map.of(
                "method",
                "WEBAUTHN",
                "enrollment_id",
                first.path("enrollment_id").asText(),
                "external_id",
                "k-2",
                "credential",
                Json.read(key.create(again.path("secret_or_challenge"))));

        call(token, "verify", answer).expect(200);

        call(token, "verify", answer).expect(200);
        Map<String, Object> asked = Map.of("action_type", "sign_in", "method", "WEBAUTHN", "external_id", "k-3");
        JsonNode challenge = call(token, "challenge", asked).expect(200).json();
        assertThat(call(token, "challenge", asked).expect(200).json()).isEqualTo(challenge);
        Map<String, Object> proof = Map.of(
                "method", "WEBAUTHN",
                "challenge_id", challenge.path("challenge_id").asText(),
                "credential", Json.read(key.get(challenge.path("webauthn"))));
        call(token, "verify", proof).expect(200);
        assertThat(error(call(token, "challenge", asked))).isEqualTo("MFA_CHALLENGE_EXPIRED");
    }

    @Test
    @DisplayName(
            "API-03: an approval is asked for once, given once and carried by one token; its id still spends it, once")
    void anApproval() {
        Member member = realm.enrolled();
        String token = session(member, member.phone());
        Map<String, Object> asked =
                Map.of("action_type", "approve_payment", "action_details", PAYMENT, "external_id", "a-1");
        JsonNode challenge = call(token, "challenge", asked).expect(200).json();
        assertThat(call(token, "challenge", asked).expect(200).json()).isEqualTo(challenge);
        Map<String, Object> more = new HashMap<>(asked);
        more.put("action_details", Map.of("amount", 11, "currency", "EUR", "payee", "A Ltd"));
        assertThat(error(call(token, "challenge", more))).isEqualTo("IDEMPOTENCY_CONFLICT");
        Map<String, Object> proof = Map.of(
                "method",
                "TOTP",
                "code",
                member.phone().nextCode(),
                "challenge_id",
                challenge.path("challenge_id").asText(),
                "external_id",
                "a-2");

        JsonNode given = call(token, "verify", proof).expect(200).json();
        JsonNode again = call(token, "verify", proof).expect(200).json();

        assertThat(again.path("mfa")).isEqualTo(given.path("mfa"));
        assertThat(Jwt.claims(given.path("access_token").asText()).has("mfa_action"))
                .isTrue();
        assertThat(Jwt.claims(again.path("access_token").asText()).has("mfa_action"))
                .as("one token carries it")
                .isFalse();
        Map<String, Object> spend = Map.of(
                "action_type",
                "approve_payment",
                "action_details",
                PAYMENT,
                "approval_id",
                again.path("mfa").path("approval_id").asText());
        calls.authorize(again.path("access_token").asText(), spend).expect(200);
        assertThat(error(calls.authorize(given.path("access_token").asText(), spend)))
                .isEqualTo("MFA_REQUIRED");
    }

    @Test
    @DisplayName(
            "API-03: verify, repeated: right once is evidence once, wrong once is one failure; another code is 409")
    void verify() {
        Member member = realm.enrolled();
        String token = session(member, member.phone());
        Map<String, Object> wrong = proof(member.phone().wrongCode(), "v-1");
        for (int i = 0; i < 7; i++) {
            assertThat(error(call(token, "verify", wrong))).isEqualTo("INVALID_OTP");
        }
        assertThat(realm.audit().of(member.id(), "auth.mfa_failed"))
                .as("no lock")
                .hasSize(1);
        assertThat(error(call(token, "verify", proof(member.phone().wrongCode() + "1", "v-1"))))
                .isEqualTo("IDEMPOTENCY_CONFLICT");
        Map<String, Object> right = proof(member.phone().nextCode(), "v-2");
        int before = realm.audit().of(member.id(), "auth.mfa_verified").size();

        JsonNode first = call(token, "verify", right).expect(200).json();
        JsonNode again = call(token, "verify", right).expect(200).json();

        assertThat(again.path("mfa")).isEqualTo(first.path("mfa"));
        assertThat(Jwt.claims(again.path("access_token").asText()).path("mfa_time"))
                .isEqualTo(Jwt.claims(first.path("access_token").asText()).path("mfa_time"));
        assertThat(realm.audit().of(member.id(), "auth.mfa_verified")).hasSize(before + 1);
        assertThat(error(call(session(member, member.phone()), "verify", right)))
                .as("another session is another caller, and the code is used")
                .isEqualTo("MFA_CODE_ALREADY_USED");
    }

    @Test
    @DisplayName("API-03: a right code is spent; that no token is given for it is said again, and counts as no failure")
    void spentInVain() {
        MfaRealm stricter = MfaRealm.setUp(server, settings(), Rules.NONE);
        SelfService there = SelfService.of(stricter);
        Member member = stricter.enrolled();
        String token = there.signIn(member).access();
        stricter.setUp(
                        settings(),
                        Rules.document(Map.of(
                                "required", true, "strength", "PHISHING_RESISTANT", "takes_effect", "NEXT_REFRESH")))
                .expect(200);
        Map<String, Object> right = proof(member.phone().nextCode(), "g-1");

        for (int i = 0; i < 7; i++) {
            assertThat(error(there.verify(token, right))).isEqualTo("MFA_REQUIRED");
        }

        assertThat(stricter.audit().of(member.id(), "auth.mfa_failed")).isEmpty();
    }

    @Test
    @DisplayName("API-03, LOCK-01: the failure that locks is one failure, however often it is repeated, then or later")
    void theFailureThatLocks() {
        Member member = realm.enrolled();
        String token = session(member, member.phone());
        Map<String, Object> before = proof(member.phone().nextCode(), "l-0");
        call(token, "verify", before).expect(200);
        String code = member.phone().wrongCode();
        for (int i = 1; i < 5; i++) {
            assertThat(error(call(token, "verify", proof(code, "l-" + i)))).isEqualTo("INVALID_OTP");
        }
        Map<String, Object> last = proof(code, "l-5");

        for (Map<String, Object> repeated : List.of(last, last, before)) {
            Reply locked = call(token, "verify", repeated);
            assertThat(error(locked)).isEqualTo("MFA_LOCKED");
            assertThat(locked.header("Retry-After")).isPresent();
        }
        assertThat(error(call(token, "verify", proof(code, "l-1")))).isEqualTo("MFA_LOCKED");
        database.update("UPDATE MFA_THROTTLE SET LOCKED_UNTIL = 1 WHERE USER_ID = ?", member.id());

        assertThat(error(call(token, "verify", last))).isEqualTo("MFA_REQUIRED");
        assertThat(error(call(token, "verify", proof(code, "l-1")))).isEqualTo("INVALID_OTP");
        assertThat(realm.audit().of(member.id(), "auth.mfa_failed"))
                .as("counted")
                .hasSize(5);
        call(token, "verify", proof(member.phone().nextCode(), "l-6")).expect(200);
    }

    @Test
    @DisplayName("WA-05: a key that may have been copied stays marked, although the failure that told it also locks")
    void aCopiedKeyLocks() {
        SecurityKey key = SecurityKey.at(origin);
        Member member = realm.enrolledWith(key);
        String token = session(member, member.phone());
        answer(token, key.countedTo(7)).expect(200);
        for (int i = 1; i < 5; i++) {
            call(token, "verify", proof(member.phone().wrongCode(), "c-" + i)).expect(401);
        }

        assertThat(error(answer(token, key.countedTo(3)))).isEqualTo("MFA_LOCKED");

        assertThat(database.rows(
                        "SELECT 1 FROM MFA_ENROLLMENT WHERE USER_ID = ? AND CLONE_SUSPECTED_AT IS NOT NULL",
                        member.id()))
                .hasSize(1);
    }

    @Test
    @DisplayName("API-03: 10 and 10.0 are two requests, in whatever order their fields come")
    void numbers() {
        Member member = realm.enrolled();
        String token = session(member, member.phone());
        String first = "{\"external_id\":\"d-1\",\"action_type\":\"approve_payment\",\"action_details\":"
                + "{\"amount\":10,\"currency\":\"EUR\",\"payee\":\"A Ltd\"}}";
        String sorted = "{\"action_details\":{\"payee\":\"A Ltd\",\"currency\":\"EUR\",\"amount\":10},"
                + "\"action_type\":\"approve_payment\",\"external_id\":\"d-1\"}";
        calls.send("POST", token, "auth/mfa/challenge", first).expect(200);

        Reply other = calls.send("POST", token, "auth/mfa/challenge", first.replace("10,", "10.0,"));

        assertThat(error(other)).isEqualTo("IDEMPOTENCY_CONFLICT");
        calls.send("POST", token, "auth/mfa/challenge", sorted).expect(200);
    }

    @Test
    @DisplayName("API-03: what is over is forgotten, whoever calls")
    void forgotten() {
        Member gone = realm.enrolled();
        challenge(session(gone, gone.phone()), Map.of("action_type", "sign_in", "external_id", "f-1"));
        String his = "FROM MFA_IDEMPOTENCY WHERE USER_ID = '" + gone.id() + "'";
        assertThat(database.rows("SELECT STATUS " + his)).hasSize(1);
        database.update("UPDATE MFA_IDEMPOTENCY SET EXPIRES_AT = 1 WHERE USER_ID = ?", gone.id());
        Member other = realm.enrolled();

        challenge(session(other, other.phone()), Map.of("action_type", "sign_in", "external_id", "f-1"));

        assertThat(database.rows("SELECT STATUS " + his)).isEmpty();
    }

    @Test
    @DisplayName("API-03: what had no effect is tried anew; 24 hours later, or when its node died, so is all else")
    void anew() {
        Member member = realm.enrolled();
        String early = session(realm.newcomer());
        Map<String, Object> asked = Map.of("action_type", "sign_in", "external_id", "n-1");
        assertThat(error(call(early, "challenge", asked))).isEqualTo("MFA_NOT_ENROLLED");
        assertThat(error(call(early, "challenge", asked))).isEqualTo("MFA_NOT_ENROLLED");
        String token = session(member, member.phone());
        String first = challenge(token, asked);
        String mine = "WHERE USER_ID = '" + member.id() + "'";

        database.update("UPDATE MFA_IDEMPOTENCY SET EXPIRES_AT = 1 " + mine);
        String tomorrow = challenge(token, asked);
        assertThat(challenge(token, asked)).isEqualTo(tomorrow).isNotEqualTo(first);
        database.update("UPDATE MFA_IDEMPOTENCY SET STATUS = 'STARTED', OUTCOME = NULL, STARTED_AT = 1 " + mine);

        String taken = challenge(token, asked);

        assertThat(taken).isNotEqualTo(tomorrow);
        assertThat(challenge(token, asked)).isEqualTo(taken);
    }

    @Test
    @DisplayName("API-09: names are compared byte by byte, and what is stored says nothing of the request")
    void names() {
        Member member = realm.enrolled();
        String token = session(member, member.phone());
        Set<String> challenges = new HashSet<>();
        List<String> names = List.of(
                "a",
                "A",
                "a ",
                "%",
                "_",
                "../",
                "\uD83D\uDE00",
                "\u00E9",
                "e\u0301",
                "a\u200B",
                "' OR 1=1",
                "x".repeat(255));

        names.forEach(name -> challenges.add(challenge(token, Map.of("action_type", "sign_in", "external_id", name))));

        assertThat(challenges).hasSameSizeAs(names);
        assertThat(database.rows("SELECT * FROM MFA_IDEMPOTENCY WHERE OUTCOME LIKE '%sign_in%'"))
                .isEmpty();
        for (String bad : List.of("", " ", "x".repeat(256), "a\u0000", "a\r\nb", "\u0085")) {
            assertThat(call(token, "challenge", Map.of("action_type", "sign_in", "external_id", bad))
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    @DisplayName("API-03: the same call many times at once has one effect, and everybody is answered")
    void atOnce() throws Exception {
        for (int round = 0; round < 5; round++) {
            Member newcomer = realm.newcomer();
            String early = session(newcomer);
            Map<String, Object> enroll = Map.of("method", "TOTP", "external_id", "p-" + round);
            Set<JsonNode> secrets = new HashSet<>();
            many(() -> call(early, "enroll", enroll))
                    .forEach(reply -> secrets.add(reply.expect(200).json().path("secret_or_challenge")));
            assertThat(secrets).hasSize(1);
            assertThat(realm.audit().of(newcomer.id(), "auth.mfa_enrollment_started"))
                    .hasSize(1);
            assertThat(database.rows("SELECT * FROM MFA_RECOVERY_CODE WHERE USER_ID = ?", newcomer.id()))
                    .as("one set waits")
                    .hasSize(10);
            Member member = realm.enrolled();
            String token = session(member, member.phone());
            Map<String, Object> right = proof(member.phone().nextCode(), "q-" + round);
            int before = realm.audit().of(member.id(), "auth.mfa_verified").size();

            many(() -> call(token, "verify", right)).forEach(reply -> reply.expect(200));

            assertThat(realm.audit().of(member.id(), "auth.mfa_verified")).hasSize(before + 1);
            assertThat(realm.audit().of(member.id(), "auth.mfa_failed")).isEmpty();
        }
    }

    private static Map<String, String> settings() {
        return Map.of("mfa.methods", "TOTP, WEBAUTHN");
    }

    private Reply answer(String token, SecurityKey key) {
        JsonNode challenge = call(token, "challenge", Map.of("action_type", "sign_in", "method", "WEBAUTHN"))
                .expect(200)
                .json();
        return call(
                token,
                "verify",
                Map.of(
                        "method", "WEBAUTHN",
                        "challenge_id", challenge.path("challenge_id").asText(),
                        "credential", Json.read(key.get(challenge.path("webauthn"))),
                        "external_id", challenge.path("challenge_id").asText()));
    }

    private static List<Reply> many(Callable<Reply> call) throws Exception {
        List<Callable<Reply>> tasks = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            tasks.add(call);
        }
        return Together.run(tasks);
    }

    private String challenge(String token, Map<String, Object> request) {
        return call(token, "challenge", request)
                .expect(200)
                .json()
                .path("challenge_id")
                .asText();
    }

    private Reply call(String token, String endpoint, Map<String, Object> request) {
        return calls.call(token, "auth/mfa/" + endpoint, request);
    }

    private Reply recover(String token, JsonNode begun) {
        return call(
                token,
                "verify",
                Map.of(
                        "method",
                        "RECOVERY_CODE",
                        "code",
                        begun.path("recovery_codes").path(0).asText()));
    }

    private String session(Member member) {
        return signIn(member, Map.of("scope", "openid mfa"));
    }

    private String session(Member member, Phone phone) {
        return signIn(member, Map.of("scope", "openid mfa", "totp", phone.nextCode()));
    }

    private String signIn(Member member, Map<String, String> parameters) {
        return calls.client()
                .password(member.username(), Member.PASSWORD, parameters)
                .tokens()
                .access();
    }

    private static Map<String, Object> proof(String code, String externalId) {
        return Map.of("method", "TOTP", "code", code, "external_id", externalId);
    }

    private static Map<String, Object> firstAnswer(JsonNode begun, Phone phone) {
        return Map.of(
                "method", "TOTP",
                "enrollment_id", begun.path("enrollment_id").asText(),
                "code", phone.nextCode());
    }

    private static String error(Reply reply) {
        return reply.json().path("error").asText();
    }
}
