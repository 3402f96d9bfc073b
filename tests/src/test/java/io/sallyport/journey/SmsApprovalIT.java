package io.sallyport.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An action that may be approved by a code by SMS: the message says what is approved, by REST and in the browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SmsApprovalIT {

    private static final Duration PAUSE = Duration.ofSeconds(31);

    private static final Map<String, Object> TRANSFER = Map.of(
            "type",
            "transfer_money",
            "description",
            "Pay {amount} {currency} to {payee}",
            "translations",
            Map.of("de", "{amount} {currency} an {payee} zahlen"),
            "fields",
            List.of(Map.of("name", "amount", "kind", "NUMBER"), Map.of("name", "currency"), Map.of("name", "payee")),
            "methods",
            List.of("TOTP", "SMS_OTP"));

    private static final Map<String, Object> DETAILS = Map.of("amount", 10.5, "currency", "EUR", "payee", "A Ltd");
    private static final String SENTENCE = "Pay 10.5 EUR to A Ltd";

    private final Twilio twilio = new Twilio();
    private final KeycloakServer server = start();
    private final MfaRealm realm = MfaRealm.setUp(
            server,
            Map.of(
                    "mfa.methods",
                    "TOTP,SMS_OTP",
                    "mfa.sms.address-cap",
                    "10000",
                    "mfa.sms.prefix-cap",
                    "10000",
                    "mfa.claim.ttl",
                    "3600"),
            SelfService.policy(Rules.FOR_ALL, List.of(TRANSFER, SelfService.PAYMENT)));
    private final SelfService calls = SelfService.of(realm);

    SmsApprovalIT() {
        realm.change(Map.of("internationalizationEnabled", true, "supportedLocales", List.of("en", "de")));
    }

    private KeycloakServer start() {
        List<String> options = new ArrayList<>(twilio.options());
        options.add("--hostname=localhost");
        return SharedServer.start("journey-sms-approval", options);
    }

    @AfterAll
    void stop() {
        server.close();
        twilio.close();
    }

    @Test
    @DisplayName("SMS-16, SU-08: a right code gives the approval of what the message says, once")
    void aCodeApproves() {
        Payer payer = payer();

        JsonNode challenge = ask(payer, DETAILS).expect(200).json();
        String text = twilio.last(payer.phone().number()).body();
        JsonNode done =
                answer(payer, challenge, payer.phone().code()).expect(200).json();

        assertThat(text)
                .startsWith(payer.phone().code() + " approves: " + SENTENCE + ". It is valid for 5 min. Never share it")
                .endsWith("\n\n@localhost #" + payer.phone().code())
                .doesNotContain(payer.member().username());
        assertThat(challenge.path("methods").toString()).isEqualTo("[\"SMS_OTP\"]");
        assertThat(challenge.path("destination").asText())
                .isEqualTo("••••••" + payer.phone().number().substring(12));
        String token = done.path("access_token").asText();
        assertThat(Jwt.claims(token).path("mfa_action").asText()).isEqualTo("transfer_money");
        assertThat(Jwt.claims(token).path("mfa_method").asText()).isEqualTo("SMS_OTP");
        calls.authorize(token, request(DETAILS)).expect(200);
        assertThat(calls.authorize(token, request(DETAILS)).status()).isEqualTo(403);
        assertThat(answer(payer, challenge, payer.phone().code()).status()).isEqualTo(410);
    }

    @Test
    @DisplayName("SMS-02: for an action that does not name it nothing is sent, nor unless it is asked for")
    void onlyWhereTheActionNamesIt() {
        Payer payer = payer();
        int before = payer.phone().received();
        Map<String, Object> payment =
                Map.of("action_type", "approve_payment", "action_details", DETAILS, "method", "SMS_OTP");

        assertRefused(calls.challenge(payer.token(), payment), 400, "MFA_METHOD_UNAVAILABLE");
        JsonNode any =
                calls.challenge(payer.token(), request(DETAILS)).expect(200).json();

        assertThat(any.path("methods").toString()).isEqualTo("[\"TOTP\"]");
        assertThat(payer.phone().received()).isEqualTo(before);
        assertThat(answer(payer, any, "123456").status()).isEqualTo(400);
    }

    @Test
    @DisplayName("SMS-06: within 30 seconds another code is 429, and the first one still works")
    void aRefusedResendChangesNothing() {
        Payer payer = payer();
        JsonNode first = ask(payer, DETAILS).expect(200).json();

        for (Map<String, Object> details : List.of(DETAILS, with("amount", 11))) {
            Reply refused = ask(payer, details);
            assertRefused(refused, 429, "RATE_LIMITED");
            assertThat(Integer.parseInt(refused.header("Retry-After").orElseThrow()))
                    .isPositive();
        }

        answer(payer, first, payer.phone().code()).expect(200);
    }

    @Test
    @DisplayName("SMS-06: after them a new challenge takes its place: neither the old id nor the old code approves")
    void aNewChallengeReplacesTheOneBefore() {
        Payer payer = payer();
        JsonNode first = ask(payer, DETAILS).expect(200).json();
        String code = payer.phone().code();
        payer.phone().letPass(PAUSE);

        JsonNode second = ask(payer, with("amount", 11)).expect(200).json();

        assertRefused(answer(payer, first, code), 410, "MFA_CHALLENGE_EXPIRED");
        if (!code.equals(payer.phone().code())) {
            assertRefused(answer(payer, second, code), 401, "INVALID_OTP");
        }
        assertThat(twilio.last(payer.phone().number()).body()).contains("Pay 11 EUR");
        answer(payer, second, payer.phone().code()).expect(200);
    }

    @Test
    @DisplayName("SU-11: markup is told as it is and the writing direction is visible; what is too long is not sent")
    void whatIsToldIsWhatIsBound() {
        Payer payer = payer();

        ask(payer, with("payee", "<b>\u202e")).expect(200);
        String text = twilio.last(payer.phone().number()).body();
        JsonNode open =
                calls.challenge(payer.token(), request(DETAILS)).expect(200).json();
        payer.phone().letPass(PAUSE);
        int before = payer.phone().received();
        Reply tooLong = ask(payer, with("payee", "y".repeat(300)));

        assertThat(text).contains("Pay 10.5 EUR to <b>⟨U+202E⟩. It is valid");
        assertRefused(tooLong, 400, "MFA_METHOD_UNAVAILABLE");
        assertThat(payer.phone().received()).isEqualTo(before);
        calls.verify(
                        payer.token(),
                        Map.of(
                                "method",
                                "TOTP",
                                "challenge_id",
                                open.path("challenge_id").asText(),
                                "code",
                                payer.member().phone().nextCode()))
                .expect(200);
    }

    @Test
    @DisplayName("SMS-13: a message that certainly reached nobody leaves nothing to answer")
    void aProviderThatIsDown() {
        Payer payer = payer();
        twilio.refuse(401, "{\"code\":20003,\"status\":401,\"message\":\"token\"}");

        Reply refused = ask(payer, DETAILS);
        twilio.accept();

        assertRefused(refused, 503, "MFA_UNAVAILABLE");
        assertThat(server.database()
                        .rows(
                                "SELECT STATUS FROM MFA_CHALLENGE WHERE USER_ID = ? AND PURPOSE = 'APPROVE'",
                                payer.member().id()))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row).containsEntry("STATUS", "VOID"));
    }

    @Test
    @DisplayName("SU-11, SMS-01: the page asks by the app first; the message says the page's own sentence")
    void inTheBrowser() {
        Payer payer = payer();
        Browser browser = new Browser();
        realm.signIn(browser, payer.member());
        SignIn signIn = realm.shop().signIn(approval(Map.of("ui_locales", "de")));

        ChallengePage asked = browser.open(signIn.address()).as(ChallengePage.class);
        assertThat(asked.html().values("method")).containsExactly("TOTP");
        Page sms = asked.choose("SMS_OTP");
        int before = payer.phone().received();
        ChallengePage sent = payer.phone().send(sms).as(ChallengePage.class);

        assertThat(sentence(sent)).isEqualTo("10.5 EUR an A Ltd zahlen");
        assertThat(payer.phone().received()).isEqualTo(before + 1);
        assertThat(twilio.last(payer.phone().number()).body())
                .contains(sentence(sent))
                .endsWith("@localhost #" + payer.phone().code());
        ChallengePage wrong = sent.answer(wrong(payer.phone())).as(ChallengePage.class);
        assertThat(sentence(wrong)).isEqualTo(sentence(sent));
        Tokens tokens = signIn.redeem(wrong.answer(payer.phone().code())).tokens();
        assertThat(tokens.claims().path("mfa_action").asText()).isEqualTo("transfer_money");
        assertThat(tokens.claims().path("mfa_method").asText()).isEqualTo("SMS_OTP");
    }

    @Test
    @DisplayName("SMS-06: on the page a refused resend leaves the first code, and a later one takes its place")
    void resendingInTheBrowser() {
        Payer payer = payer();
        Browser browser = new Browser();
        realm.signIn(browser, payer.member());
        ChallengePage sent = sent(browser, payer, realm.shop().signIn(approval(Map.of())));
        String one = payer.phone().code();

        ChallengePage tooSoon = payer.phone().send(sent).as(ChallengePage.class);
        assertThat(tooSoon.message()).contains("A code was sent just now");
        assertThat(tooSoon.answer(one)).isInstanceOf(Arrived.class);

        payer.phone().letPass(PAUSE);
        ChallengePage first = sent(browser, payer, realm.shop().signIn(approval(Map.of())));
        String two = payer.phone().code();
        payer.phone().letPass(PAUSE);
        ChallengePage second = payer.phone().send(first).as(ChallengePage.class);
        if (!two.equals(payer.phone().code())) {
            second = second.answer(two).as(ChallengePage.class);
        }
        assertThat(second.answer(payer.phone().code())).isInstanceOf(Arrived.class);
    }

    @Test
    @DisplayName("SMS-02: in the browser too an action that does not name it takes no code by SMS")
    void notNamedInTheBrowser() {
        Payer payer = payer();
        Browser browser = new Browser();
        realm.signIn(browser, payer.member());
        ChallengePage asked = browser.open(realm.shop()
                        .signIn(approval(Map.of("mfa_action", "approve_payment")))
                        .address())
                .as(ChallengePage.class);
        int before = payer.phone().received();

        Page sent = browser.submit(asked.html().action("code"), Map.of("send", "SMS_OTP"));

        assertThat(sent).isNotInstanceOf(Arrived.class);
        assertThat(payer.phone().received()).isEqualTo(before);
    }

    private ChallengePage sent(Browser browser, Payer payer, SignIn signIn) {
        Page sms = browser.open(signIn.address()).as(ChallengePage.class).choose("SMS_OTP");
        return payer.phone().send(sms).as(ChallengePage.class);
    }

    /** Somebody with an app and a number, in a session of the application. */
    private Payer payer() {
        Member member = realm.enrolled();
        String token = calls.signIn(member).access();
        SmsPhone phone = SmsPhone.fresh(twilio, server);
        JsonNode begun = calls.call(
                        token, "auth/mfa/enroll", Map.of("method", "SMS_OTP", "phone_number", phone.number()))
                .expect(200)
                .json();
        calls.verify(
                        token,
                        Map.of(
                                "method",
                                "SMS_OTP",
                                "enrollment_id",
                                begun.path("enrollment_id").asText(),
                                "code",
                                phone.code()))
                .expect(200);
        phone.letPass(PAUSE);
        return new Payer(member, token, phone);
    }

    private record Payer(Member member, String token, SmsPhone phone) {}

    private Reply ask(Payer payer, Map<String, Object> details) {
        Map<String, Object> body = new HashMap<>(request(details));
        body.put("method", "SMS_OTP");
        return calls.challenge(payer.token(), body);
    }

    private Reply answer(Payer payer, JsonNode challenge, String code) {
        return calls.verify(
                payer.token(),
                Map.of(
                        "method",
                        "SMS_OTP",
                        "challenge_id",
                        challenge.path("challenge_id").asText(),
                        "code",
                        code));
    }

    private static Map<String, Object> request(Map<String, Object> details) {
        return Map.of("action_type", "transfer_money", "action_details", details);
    }

    private static Map<String, Object> with(String name, Object value) {
        Map<String, Object> details = new HashMap<>(DETAILS);
        details.put(name, value);
        return details;
    }

    private static Map<String, String> approval(Map<String, String> more) {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("mfa_action", "transfer_money");
        parameters.put(
                "mfa_details",
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(Json.write(DETAILS).getBytes(UTF_8)));
        parameters.putAll(more);
        return parameters;
    }

    private static String sentence(ChallengePage page) {
        return page.html().document().select("#mfa-sentence").text();
    }

    private static String wrong(SmsPhone phone) {
        return phone.code().equals("123456") ? "654321" : "123456";
    }

    private static void assertRefused(Reply reply, int status, String error) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.json().path("error").asText()).isEqualTo(error);
    }
}
