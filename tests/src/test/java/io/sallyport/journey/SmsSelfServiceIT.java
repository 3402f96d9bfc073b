package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application enrolls a number and sends codes to it by REST, on a server with few connections to its database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SmsSelfServiceIT {

    private static final Duration PAUSE = Duration.ofSeconds(31);
    private static final int AT_ONCE = 4;
    private static final int ROUNDS = 5;

    private final Twilio twilio = new Twilio();
    private final KeycloakServer server = start();
    private final MfaRealm realm = realm(Map.of(), Rules.NONE);
    private final SelfService calls = SelfService.of(realm);

    private KeycloakServer start() {
        List<String> options = new ArrayList<>(twilio.options());
        options.add("--hostname=localhost");
        options.add("--db-pool-max-size=5");
        return SharedServer.start("journey-sms-rest", options);
    }

    @AfterAll
    void stop() {
        server.close();
        twilio.close();
    }

    @Test
    @DisplayName("SMS-16, ERR-06: a number is enrolled by the code that is sent to it; what is shown of it is masked")
    void aNumberIsEnrolled() {
        Member member = realm.newcomer();
        String token = session(member);
        SmsPhone phone = phone();

        JsonNode begun = enroll(token, phone).expect(200).json();
        assertThat(begun.path("status").asText()).isEqualTo("ENROLLED");
        assertThat(begun.path("secret_or_challenge").path("destination").asText())
                .isEqualTo("••••••" + phone.number().substring(12));
        assertThat(begun.toString()).doesNotContain(phone.number().substring(1, 12));
        assertThat(begun.path("recovery_codes")).hasSize(10);
        assertThat(twilio.last(phone.number()).body()).contains("confirms this phone", "Never share it");
        assertRefused(first(token, begun, wrong(phone)), 401, "INVALID_OTP");
        JsonNode done = first(token, begun, phone.code()).expect(200).json();

        assertThat(Jwt.claims(done.path("access_token").asText())
                        .path("mfa_method")
                        .asText())
                .isEqualTo("SMS_OTP");
        assertThat(status(token, member).path("methods").toString()).contains("SMS_OTP");
        assertRefused(first(token, begun, phone.code()), 409, "MFA_ALREADY_ACTIVE");
        assertRefused(
                enroll(done.path("access_token").asText(), phone),
                409,
                "MFA_ALREADY_ACTIVE"); // the number, not the name
        assertThat(phone.received()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "SMS-06: a second enrollment within 30 seconds is 429 and changes nothing, after them it takes its place")
    void aSecondEnrollmentTakesThePlace() {
        Member member = realm.newcomer();
        String token = session(member);
        SmsPhone phone = phone();
        JsonNode one = enroll(token, phone).expect(200).json();
        String code = phone.code();

        assertRetryLater(enroll(token, phone));
        assertRetryLater(enroll(token, phone()));
        assertThat(phone.received()).isEqualTo(1);
        phone.letPass(PAUSE);
        JsonNode two = enroll(token, phone).expect(200).json();

        assertRefused(first(token, one, code), 404, "NOT_FOUND");
        if (!code.equals(phone.code())) {
            assertRefused(first(token, two, code), 401, "INVALID_OTP");
        }
        first(token, two, phone.code()).expect(200);
        assertThat(recover(member, one)).isEqualTo(401);
        assertThat(recover(member, two)).isEqualTo(200);
    }

    @Test
    @DisplayName("SMS-06: the code before a refused one still counts")
    void theCodeBeforeARefusedOneCounts() {
        Member member = realm.newcomer();
        String token = session(member);
        SmsPhone phone = phone();
        JsonNode begun = enroll(token, phone).expect(200).json();

        assertRetryLater(enroll(token, phone));

        first(token, begun, phone.code()).expect(200);
        assertThat(recover(member, begun)).isEqualTo(200);
    }

    @Test
    @DisplayName("SMS-11, LIFE-09: another number takes the place of the one before, which is told")
    void anotherNumberTakesThePlace() throws Exception {
        Member member = realm.newcomer();
        String token = session(member);
        SmsPhone old = phone();
        token = enrolled(token, old);
        SmsPhone young = phone();

        JsonNode begun = enroll(token, young).expect(200).json();
        first(token, begun, young.code()).expect(200);

        assertThat(realm.credentials(member).stream().filter("mfa-sms"::equals)).hasSize(1);
        assertThat(twilio.await(old.number(), "no longer a second factor").hasCode())
                .isFalse();
        young.letPass(PAUSE);
        assertThat(challenge(token, Map.of("action_type", "sign_in", "method", "SMS_OTP"))
                        .expect(200)
                        .json()
                        .path("destination")
                        .asText())
                .endsWith(young.number().substring(12));
    }

    @Test
    @DisplayName("SMS-09: a cap is 429, of whatever kind; nothing was begun")
    void caps() {
        MfaRealm capped = realm(Map.of("mfa.sms.user-cap", "1"), Rules.NONE);
        SelfService there = SelfService.of(capped);
        Member member = capped.newcomer();
        String token = session(there, member);
        SmsPhone phone = phone();
        there.call(token, "auth/mfa/enroll", number(phone)).expect(200);
        phone.letPass(PAUSE);

        assertRetryLater(there.call(token, "auth/mfa/enroll", number(phone())));

        assertThat(capped.audit().of(member.id(), "auth.mfa_failed"))
                .extracting(Audit.Row::reason)
                .containsExactly("sms_user_cap");
        assertThat(capped.audit().of(member.id(), "auth.mfa_enrollment_started"))
                .hasSize(1);
    }

    @Test
    @DisplayName("SMS-13: a provider that is down is 503, and makes nothing a factor; later it goes on")
    void aProviderThatIsDown() {
        Member member = realm.newcomer();
        String token = session(member);
        SmsPhone phone = phone();
        twilio.refuse(401, "{\"code\":20003,\"status\":401,\"message\":\"token\"}");

        Reply refused = enroll(token, phone);
        twilio.accept();

        assertRefused(refused, 503, "MFA_UNAVAILABLE");
        assertThat(refused.body()).doesNotContain("20003", "Twilio", "token");
        assertThat(realm.audit().of(member.id(), "auth.mfa_failed"))
                .extracting(Audit.Row::reason)
                .containsExactly("sms_provider_credentials");
        assertThat(status(token, member).path("status").asText()).isNotEqualTo("ACTIVE");
        phone.letPass(PAUSE);
        enrolled(token, phone);
    }

    @ParameterizedTest
    @DisplayName("SMS-09, API-08: what is no number of an allowed country is 400, on the record, and never sent to")
    @ValueSource(strings = {"+19002345678", "+979123456789", "+21620123456", "0151 12345678", "x", ""})
    void numbersThatAreNone(String number) {
        Member member = realm.newcomer();
        int before = twilio.all().size();

        Reply refused =
                calls.call(session(member), "auth/mfa/enroll", Map.of("method", "SMS_OTP", "phone_number", number));

        assertRefused(refused, 400, "INVALID_REQUEST");
        assertThat(refused.body()).contains("$.phone_number");
        assertThat(twilio.all()).hasSize(before);
        assertThat(realm.audit().of(member.id(), "auth.mfa_enrollment_started")).isEmpty();
    }

    @Test
    @DisplayName("TOK-01: whoever must enroll does so by an mfa_token and a message, to full tokens")
    void byAnMfaToken() {
        MfaRealm strict = realm(Map.of(), Rules.FOR_ALL);
        SelfService there = SelfService.of(strict);
        Member member = strict.newcomer();
        String token = toEnroll(there, member);
        SmsPhone phone = phone();

        JsonNode begun =
                there.call(token, "auth/mfa/enroll", number(phone)).expect(200).json();
        Tokens tokens = Tokens.from(
                there.verify(token, answer(begun, phone.code())).expect(200).json());

        assertThat(tokens.claims().path("mfa_method").asText()).isEqualTo("SMS_OTP");
        assertThat(tokens.refresh()).isPresent();
    }

    @Test
    @DisplayName("TOK-01: the same on a node that has nothing in its caches: what is sent is answered")
    void byAnMfaTokenOnAColdNode() {
        MfaRealm strict = realm(Map.of(), Rules.FOR_ALL);
        SelfService there = SelfService.of(strict);
        Member member = strict.newcomer();
        String token = toEnroll(there, member);
        SmsPhone phone = phone();
        forget(strict);

        JsonNode begun =
                there.call(token, "auth/mfa/enroll", number(phone)).expect(200).json();
        forget(strict);
        there.verify(token, answer(begun, phone.code())).expect(200);
        assertThat(strict.admin().get(strict.name() + "/users/" + member.id() + "/sessions"))
                .hasSize(1);
    }

    @Test
    @DisplayName(
            "TOK-01, LIFE-09: an mfa_token of a session brings a new number for the one before, on a cold node too")
    void byAnMfaTokenOfASession() {
        Member member = realm.newcomer();
        SmsPhone old = phone();
        enrolled(session(member), old);
        String way = calls.verify(
                        session(member), Map.of("method", "TEMPORARY_PASS", "code", new HelpDesk(realm).pass(member)))
                .expect(200)
                .json()
                .path("mfa_token")
                .asText();
        SmsPhone phone = phone();
        realm.admin().post(realm.name() + "/clear-user-cache", Map.of());

        JsonNode begun = enroll(way, phone).expect(200).json();
        realm.admin().post(realm.name() + "/clear-user-cache", Map.of());
        JsonNode done = first(way, begun, phone.code()).expect(200).json();

        assertThat(done.path("access_token").asText()).isNotEmpty();
        assertThat(realm.credentials(member).stream().filter("mfa-sms"::equals)).hasSize(1);
    }

    /** What a sign-in by the password alone gets where MFA is required. */
    private static String toEnroll(SelfService there, Member member) {
        return there.client()
                .password(member.username(), Member.PASSWORD, Map.of("scope", "openid mfa"))
                .reply()
                .json()
                .path("mfa_token")
                .asText();
    }

    private static void forget(MfaRealm realm) {
        realm.admin().post(realm.name() + "/clear-realm-cache", Map.of());
        realm.admin().post(realm.name() + "/clear-user-cache", Map.of());
    }

    @Test
    @DisplayName("LOCK-06: a locked user is sent nothing")
    void aLockedUserIsSentNothing() {
        Member member = realm.newcomer();
        String token = session(member);
        SmsPhone phone = phone();
        JsonNode begun = enroll(token, phone).expect(200).json();
        for (int i = 0; i < 5; i++) {
            first(token, begun, wrong(phone));
        }
        phone.letPass(PAUSE);

        assertRefused(enroll(token, phone), 429, "MFA_LOCKED");

        assertThat(phone.received()).isEqualTo(1);
    }

    @Test
    @DisplayName("API-03: what was refused before anything was sent may be asked anew at once")
    void refusedBeforeItWasSent() {
        String token = session(realm.newcomer());
        Map<String, Object> unknown = Map.of("action_type", "unknown", "method", "SMS_OTP", "external_id", "w-4");

        for (int i = 0; i < 2; i++) {
            challenge(token, unknown).expect(404);
        }
        assertThat(server.database().rows("SELECT 1 FROM MFA_IDEMPOTENCY WHERE STATUS = 'STARTED'"))
                .isEmpty();
    }

    @Test
    @DisplayName(
            "API-03: who asks again while the first message is on its way is told the same, and sent no second one")
    void askedAgainWhileTheFirstIsOnItsWay() throws Exception {
        SmsPhone phone = phone();
        Member member = realm.newcomer();
        String token = session(member);
        Map<String, Object> enroll = new HashMap<>(number(phone));
        enroll.put("external_id", "w-1");
        JsonNode begun = whileHeld(() -> calls.call(token, "auth/mfa/enroll", enroll));
        String active = first(token, begun, phone.code())
                .expect(200)
                .json()
                .path("access_token")
                .asText();
        phone.letPass(PAUSE);

        whileHeld(() -> challenge(active, Map.of("action_type", "sign_in", "method", "SMS_OTP", "external_id", "w-2")));

        assertThat(phone.received()).isEqualTo(2);
        assertThat(server.database()
                        .rows("SELECT 1 FROM MFA_IDEMPOTENCY WHERE STATUS = 'DONE' AND USER_ID = ?", member.id()))
                .hasSize(2);
    }

    /** The answer of a call that is made a second time before the first is answered, to both the same. */
    private JsonNode whileHeld(Callable<Reply> call) throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        twilio.hold();
        try {
            Future<Reply> waiting = threads.submit(call);
            twilio.awaitHeld(1);
            assertThat(server.database().rows("SELECT 1 FROM MFA_IDEMPOTENCY WHERE STATUS = 'STARTED'"))
                    .as("what is known if the node dies now")
                    .isEmpty();
            JsonNode second = call.call().expect(200).json();
            twilio.release();
            JsonNode first = waiting.get().expect(200).json();
            for (String same : List.of("challenge_id", "enrollment_id", "expires_at")) {
                assertThat(second.path(same)).isEqualTo(first.path(same));
            }
            return first;
        } finally {
            twilio.release();
            threads.shutdownNow();
        }
    }

    @Test
    @DisplayName("API-03, SMS-13: what was certainly not sent had no effect, and is tried anew")
    void notSentIsTriedAnew() {
        Member member = realm.newcomer();
        String token = session(member);
        SmsPhone phone = phone();
        Map<String, Object> enroll = new HashMap<>(number(phone));
        enroll.put("external_id", "w-3");
        twilio.refuse(401, "{\"code\":20003,\"status\":401,\"message\":\"token\"}");
        Reply refused = calls.call(token, "auth/mfa/enroll", enroll);
        twilio.accept();
        assertRefused(refused, 503, "MFA_UNAVAILABLE");
        phone.letPass(PAUSE);

        JsonNode begun =
                calls.call(token, "auth/mfa/enroll", enroll).expect(200).json();

        first(token, begun, phone.code()).expect(200);
    }

    @Test
    @DisplayName("API-03, R-17: repetitions of a used code at once are refused, and make nobody wait for a connection")
    void replaysAtOnce() throws Exception {
        MfaRealm patient = realm(Map.of("mfa.lockout.threshold", "10"), Rules.NONE);
        SelfService there = SelfService.of(patient);
        for (int round = 0; round < ROUNDS; round++) {
            Member member = patient.enrolled();
            String code = member.phone().newestCode();
            String token = there.client()
                    .password(member.username(), Member.PASSWORD, Map.of("scope", "openid mfa", "totp", code))
                    .tokens()
                    .access();
            List<Callable<Reply>> replays = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                String id = "r-" + i;
                replays.add(() -> there.verify(token, Map.of("method", "TOTP", "code", code, "external_id", id)));
            }

            assertThat(Together.run(replays)).extracting(Reply::status).containsOnly(409);
        }
    }

    @Test
    @DisplayName("R-17: while the provider answers nobody, calls that wait for it hold no connection")
    void whoWaitsHoldsNoConnection() throws Exception {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            tokens.add(enrolled(session(realm.newcomer()), phone()));
        }
        SmsPhone any = phone();
        Member other = realm.newcomer();
        String free = session(other);
        boolean proven = false;
        for (int round = 0; round < ROUNDS && !proven; round++) {
            any.letPass(PAUSE);
            proven = othersAreServed(tokens, free, other);
        }
        assertThat(proven).as("answered while the others waited").isTrue();
    }

    /** False if the machine was so slow that nobody waited any more. */
    private boolean othersAreServed(List<String> tokens, String free, Member other) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        twilio.hold();
        try {
            List<Future<Reply>> waiting = tokens.stream()
                    .map(token -> threads.submit(
                            () -> challenge(token, Map.of("action_type", "sign_in", "method", "SMS_OTP"))))
                    .toList();
            twilio.awaitHeld(AT_ONCE);
            for (int i = 0; i < 3; i++) {
                status(free, other);
                calls.call(free, "auth/mfa/enroll", Map.of("method", "TOTP")).expect(200);
            }
            boolean all = waiting.stream().noneMatch(Future::isDone);
            twilio.release();
            for (Future<Reply> answered : waiting) {
                answered.get().expect(200);
            }
            return all;
        } finally {
            twilio.release();
            threads.shutdownNow();
        }
    }

    private MfaRealm realm(Map<String, String> more, Map<String, Object> policy) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("mfa.methods", "TOTP,SMS_OTP");
        settings.put("mfa.sms.address-cap", "10000");
        settings.put("mfa.sms.prefix-cap", "10000");
        return MfaRealm.setUp(server, settings, policy);
    }

    private SmsPhone phone() {
        return SmsPhone.fresh(twilio, server);
    }

    private String session(Member member) {
        return session(calls, member);
    }

    private static String session(SelfService there, Member member) {
        return there.client()
                .password(member.username(), Member.PASSWORD, Map.of("scope", "openid mfa"))
                .tokens()
                .access();
    }

    /** The token that the first code leads to; the next message may be sent at once. */
    private String enrolled(String token, SmsPhone phone) {
        JsonNode begun = enroll(token, phone).expect(200).json();
        JsonNode done = first(token, begun, phone.code()).expect(200).json();
        phone.letPass(PAUSE);
        return done.path("access_token").asText();
    }

    private Reply enroll(String token, SmsPhone phone) {
        return calls.call(token, "auth/mfa/enroll", number(phone));
    }

    private static Map<String, Object> number(SmsPhone phone) {
        return Map.of("method", "SMS_OTP", "phone_number", phone.number());
    }

    private Reply first(String token, JsonNode begun, String code) {
        return calls.verify(token, answer(begun, code));
    }

    private static Map<String, Object> answer(JsonNode begun, String code) {
        return Map.of(
                "method",
                "SMS_OTP",
                "enrollment_id",
                begun.path("enrollment_id").asText(),
                "code",
                code);
    }

    private Reply challenge(String token, Map<String, Object> body) {
        return calls.challenge(token, body);
    }

    private int recover(Member member, JsonNode begun) {
        return calls.verify(
                        session(member),
                        Map.of(
                                "method",
                                "RECOVERY_CODE",
                                "code",
                                begun.path("recovery_codes").path(0).asText()))
                .status();
    }

    private JsonNode status(String token, Member member) {
        return calls.send("GET", token, "users/" + member.id() + "/mfa-status", "")
                .expect(200)
                .json();
    }

    private static String wrong(SmsPhone phone) {
        return phone.code().equals("123456") ? "654321" : "123456";
    }

    private static void assertRefused(Reply reply, int status, String error) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.json().path("error").asText()).isEqualTo(error);
    }

    private static void assertRetryLater(Reply reply) {
        assertRefused(reply, 429, "RATE_LIMITED");
        assertThat(Integer.parseInt(reply.header("Retry-After").orElseThrow())).isPositive();
    }
}
