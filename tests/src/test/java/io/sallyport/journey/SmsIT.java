package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codes by SMS, with the real SDK and a provider on this machine; the log is at TRACE to the end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SmsIT {

    private static final Duration PAUSE = Duration.ofSeconds(31);

    /** What could know a code: we, the libraries under our name, events, and every value that goes into the database. */
    private static final String TRACED = "--log-level=INFO,io.sallyport:trace,org.keycloak.authentication:trace,"
            + "org.keycloak.events:trace,org.hibernate.orm.jdbc.bind:trace";

    private final Twilio twilio = new Twilio();
    private final KeycloakServer server = start();

    @Test
    @DisplayName("SMS-16, CLM-01: a newcomer enrolls his number and signs in by a message that says what it is for")
    void aNumberIsEnrolledAndProves() {
        MfaRealm realm = realm(Map.of());
        Member member = realm.newcomer();
        SmsPhone phone = enrolled(realm, member);
        Browser browser = new Browser();
        SignIn signIn = realm.web().signIn();

        Page asked = realm.password(browser, signIn, member);
        assertThat(phone.received()).isEqualTo(1); // showing the page sends nothing
        ChallengePage sent = phone.send(asked).as(ChallengePage.class);
        Tokens tokens = signIn.redeem(sent.answer(phone.code())).tokens();

        String text = twilio.last(phone.number()).body();
        assertThat(text)
                .startsWith(phone.code() + " is your code for signing in. It is valid for 5 min. Never share it")
                .endsWith("\n\n@localhost #" + phone.code())
                .doesNotContain(member.username());
        assertThat(twilio.to(phone.number()).get(0).body()).contains("confirms this phone");
        assertThat(tokens.claims().path("mfa_method").asText()).isEqualTo("SMS_OTP");
        assertThat(tokens.claims().path("amr").toString()).contains("\"pwd\"", "\"sms\"", "\"mfa\"");
        assertThat(realm.credentials(member)).contains("mfa-sms");
        assertThat(labels(realm, member))
                .containsExactly("••••••" + phone.number().substring(12));
        assertThat(realm.audit().of(member.id(), "auth.mfa_challenge_created")).isNotEmpty();
        assertThat(AccountApi.of(realm, tokens).types()).contains("otp", "mfa-sms");
    }

    @Test
    @DisplayName("SMS-01: beside an authenticator app SMS is not asked first, stands last and shows its risk")
    void smsIsAFallback() {
        MfaRealm realm = realm(Map.of());
        Member member = both(realm);

        ChallengePage first =
                realm.password(new Browser(), realm.web().signIn(), member).as(ChallengePage.class);
        Html chooser = SmsPhone.html(first.html().submit("choose", Map.of("choose", "")));

        assertThat(first.html().values("method")).containsExactly("TOTP");
        List<String> methods = chooser.document().select("#mfa-methods button").eachAttr("value");
        assertThat(methods).containsSubsequence("TOTP", "SMS_OTP");
        assertThat(chooser.document().select("#mfa-method-sms-otp").text()).contains("intercepted");
        Html sms = SmsPhone.html(chooser.submit("choose", Map.of("choose", "SMS_OTP")));
        assertThat(sms.document().text()).contains("intercepted");
    }

    @Test
    @DisplayName("SMS-02: where the policy says NO_SMS, nothing is sent and no code counts, whatever is posted")
    void whereThePolicyForbidsItNothingIsSent() {
        MfaRealm realm = realm(Map.of());
        Member member = both(realm);
        Policies.of(realm)
                .replace("?reason=stronger", Rules.document(Map.of("required", true, "strength", "NO_SMS")))
                .expect(200);
        int before = twilio.all().size();
        Browser browser = new Browser();
        ChallengePage page =
                realm.password(browser, realm.web().signIn(), member).as(ChallengePage.class);

        Page sent = browser.submit(page.html().action("code"), Map.of("send", "SMS_OTP"));
        Page chosen = browser.submit(SmsPhone.html(sent).action("code"), Map.of("choose", "SMS_OTP"));
        Page answered =
                browser.submit(SmsPhone.html(chosen).action("choose"), Map.of("method", "SMS_OTP", "code", "000000"));

        assertThat(answered).isNotInstanceOf(Arrived.class);
        assertThat(twilio.all()).hasSize(before);
        assertThat(realm.audit().of(member.id(), "auth.mfa_failed"))
                .extracting(Audit.Row::reason)
                .contains("not_asked");
    }

    @Test
    @DisplayName("SMS-04: a code counts for its five minutes, and not a second longer")
    void aCodeCountsForFiveMinutes() {
        MfaRealm realm = realm(Map.of());
        Member member = realm.newcomer();
        SmsPhone phone = enrolled(realm, member);

        ChallengePage inTime = asked(realm, member, phone);
        age(member, Duration.ofSeconds(285)); // fifteen are left for a slow machine
        assertThat(inTime.answer(phone.code())).isInstanceOf(Arrived.class);

        phone.letPass(PAUSE);
        ChallengePage late = asked(realm, member, phone);
        age(member, Duration.ofSeconds(301));
        assertThat(late.answer(phone.code())).isInstanceOf(ChallengePage.class);
        assertThat(realm.setUp(Map.of("mfa.sms.code-ttl", "601"), Rules.FOR_ALL).status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("SMS-06: a new code takes the place of the one before, after 30 seconds")
    void aNewCodeReplacesTheOneBefore() {
        MfaRealm realm = realm(Map.of());
        Member member = realm.newcomer();
        SmsPhone phone = enrolled(realm, member);
        ChallengePage first = asked(realm, member, phone);
        String one = phone.code();

        ChallengePage tooSoon = phone.send(first).as(ChallengePage.class);
        assertThat(tooSoon.message()).contains("A code was sent just now");
        assertThat(tooSoon.html().document().select("#mfa-send").attr("data-mfa-wait"))
                .isNotEqualTo("0");
        assertThat(phone.code()).isEqualTo(one);

        phone.letPass(PAUSE);
        ChallengePage second = phone.send(tooSoon).as(ChallengePage.class);
        ChallengePage refused = second.answer(one).as(ChallengePage.class);
        assertThat(refused.answer(phone.code())).isInstanceOf(Arrived.class);
    }

    @Test
    @DisplayName("SMS-07, LOCK-06: a new code never resets the count, and a locked user gets no message")
    void aNewCodeNeverResetsTheCount() {
        MfaRealm realm = realm(Map.of());
        Member member = realm.newcomer();
        SmsPhone phone = enrolled(realm, member);
        ChallengePage page = asked(realm, member, phone);
        ChallengePage other = asked(realm, member, phone, PAUSE);
        for (int i = 0; i < 4; i++) {
            page = page.answer(wrong(phone)).as(ChallengePage.class);
        }
        phone.letPass(PAUSE);
        ChallengePage again = phone.send(page).as(ChallengePage.class);

        assertThat(again.answer(wrong(phone))).isInstanceOf(LockedPage.class);

        phone.letPass(PAUSE);
        int before = phone.received();
        assertThat(phone.send(other)).isInstanceOf(LockedPage.class);
        assertThat(other.answer(phone.code())).isInstanceOf(LockedPage.class);
        assertThat(phone.received()).isEqualTo(before);
    }

    @ParameterizedTest
    @DisplayName("SMS-09: what costs more, or is not allowed, never reaches the provider")
    @CsvSource({"+19002345678", "+979123456789", "+882345678901", "+21620123456", "+491805012345", "0151 12345678"})
    void expensiveNumbersAreRefused(String number) {
        MfaRealm realm = realm(Map.of());
        Member member = realm.newcomer();
        int before = twilio.all().size();
        SmsPhone phone = SmsPhone.fresh(twilio, server);
        Page page = chosen(realm.password(new Browser(), realm.web().signIn(), member));

        Page refused = phone.enter(page, number);

        assertThat(SmsPhone.html(refused).message()).contains("can’t send messages to this number");
        assertThat(twilio.all()).hasSize(before);
        assertThat(realm.audit().of(member.id(), "auth.mfa_failed"))
                .singleElement()
                .extracting(Audit.Row::reason)
                .asString()
                .startsWith("sms_number_");
    }

    @Test
    @DisplayName("SMS-09: twenty browsers that ask at once get one message; more than the cap get none")
    void parallelRequestsStayWithinTheCaps() throws Exception {
        MfaRealm realm = realm(Map.of("mfa.sms.user-cap", "3"));
        Member member = realm.newcomer();
        SmsPhone phone = enrolled(realm, member);
        List<Callable<Page>> tasks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Page page = realm.password(new Browser(), realm.web().signIn(), member);
            tasks.add(() -> phone.send(page));
        }

        Together.run(tasks);

        assertThat(phone.received()).isEqualTo(2);
        phone.letPass(PAUSE);
        Page third = realm.password(new Browser(), realm.web().signIn(), member);
        assertThat(phone.send(third)).isInstanceOf(ChallengePage.class);
        phone.letPass(PAUSE);
        Page fourth = phone.send(realm.password(new Browser(), realm.web().signIn(), member));
        assertThat(SmsPhone.html(fourth).message()).contains("Too many messages");
        assertThat(phone.received()).isEqualTo(3);
        assertThat(realm.audit().of(member.id(), "auth.mfa_failed"))
                .extracting(Audit.Row::reason)
                .contains("sms_resend_cooldown", "sms_user_cap");
    }

    @Test
    @DisplayName("SMS-11: another number needs the proof of a factor, and counts once its own code was entered")
    void aNumberIsChangedByAProof() throws Exception {
        MfaRealm realm = realm(Map.of());
        Member member = realm.newcomer();
        SmsPhone old = enrolled(realm, member);
        SmsPhone young = old.withTheSameEnd();
        Browser browser = new Browser();
        SignIn change = realm.web().signIn(Map.of("kc_action", "mfa-enroll-sms"));

        Page proof = realm.password(browser, change, member);
        Page number = old.send(proof).as(ChallengePage.class).answer(old.code());
        assertThat(SmsPhone.html(number).hasField("number")).isTrue();
        young.letPass(PAUSE);
        Page sent = young.send(young.enter(number, young.number()));
        assertThat(labels(realm, member))
                .containsExactly("••••••" + old.number().substring(12));
        Page done = sent.as(EnrollTotpPage.class).confirm(Map.of("code", young.code(), "label", ""));

        assertThat(done).isInstanceOf(Arrived.class);
        assertThat(labels(realm, member)) // what is shown of both numbers is the same
                .containsExactly("••••••" + young.number().substring(12) + " #2");
        assertThat(twilio.await(old.number(), "no longer a second factor").body())
                .doesNotContain(member.username(), old.number(), young.number(), "http")
                .doesNotContainPattern("[0-9]");
        assertThat(twilio.to(young.number())).hasSize(1);
    }

    @Test
    @DisplayName(
            "SMS-11: a number that an administrator removes is told so; the cap of the day holds for that word too")
    void aRemovedNumberIsTold() throws Exception {
        MfaRealm realm = realm(Map.of("mfa.sms.day-cap", "2"));
        Member told = realm.newcomer();
        SmsPhone first = enrolled(realm, told);

        realm.admin().delete(credential(realm, told));

        assertThat(twilio.await(first.number(), "no longer a second factor").hasCode())
                .isFalse();
        Page capped = first.send(chosen(realm, realm.newcomer()));
        assertThat(SmsPhone.html(capped).message()).contains("Too many messages");
    }

    @Test
    @DisplayName("SMS-09: what messages may cost in a day ends them, on the record")
    void theCapOfTheDayIsOnTheRecord() {
        MfaRealm realm = realm(Map.of("mfa.sms.day-cap", "1"));
        Member member = realm.newcomer();
        SmsPhone phone = enrolled(realm, member);

        Page capped = phone.send(realm.password(new Browser(), realm.web().signIn(), member));

        assertThat(SmsPhone.html(capped).message()).contains("Too many messages");
        assertThat(realm.audit().of(member.id(), "auth.mfa_failed"))
                .extracting(Audit.Row::reason)
                .containsExactly("sms_day_cap");
        assertThat(phone.received()).isEqualTo(1);
    }

    @Test
    @DisplayName("SMS: a report about a message counts once, and only with the provider's signature")
    void reportsAreSigned() throws Exception {
        MfaRealm realm = realm(Map.of());
        Member member = realm.newcomer();
        SmsPhone phone = enrolled(realm, member);
        String sid = twilio.last(phone.number()).sid();
        Map<String, String> report = Map.of("MessageSid", sid, "MessageStatus", "delivered");

        assertThat(report(realm, report, "forged").status()).isEqualTo(403);
        assertThat(status(sid)).isEqualTo("SENT");
        assertThat(report(realm, report, signature(realm, report)).status()).isEqualTo(204);
        assertThat(status(sid)).isEqualTo("DELIVERED");
        Map<String, String> later = Map.of("MessageSid", sid, "MessageStatus", "failed");
        assertThat(report(realm, later, signature(realm, later)).status()).isEqualTo(204);
        assertThat(status(sid)).isEqualTo("DELIVERED");
    }

    /** SMS-18: neither the log at TRACE nor the database knows a number or a code, whatever the journeys did. */
    @AfterAll
    void nothingIsLeftBehind() {
        String dump = server.database().dump();
        server.close();
        twilio.close();
        String log = server.log();

        assertThat(log).contains("TRACE");
        assertThat(twilio.all()).isNotEmpty().allSatisfy(message -> {
            assertThat(dump).doesNotContain(message.to(), message.body());
            assertThat(log).doesNotContain(message.to(), message.to().substring(1), message.body());
            if (!message.hasCode()) {
                return;
            }
            assertThat(log).doesNotContain("Body=" + message.code(), "CustomCode=" + message.code());
        });
        assertThat(log).doesNotContain(Twilio.TOKEN);
    }

    private MfaRealm realm(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("mfa.methods", "TOTP,SMS_OTP");
        return MfaRealm.setUp(server, settings, Rules.FOR_ALL);
    }

    private KeycloakServer start() {
        List<String> options = new ArrayList<>(twilio.options());
        options.add("--hostname=localhost");
        options.add(TRACED);
        return SharedServer.start("journey-sms", options);
    }

    private SmsPhone enrolled(MfaRealm realm, Member member) {
        SmsPhone phone = SmsPhone.fresh(twilio, server);
        Page codes = phone.enroll(realm.password(new Browser(), realm.web().signIn(), member), "");
        assertThat(codes.as(RecoveryCodesPage.class).confirm()).isInstanceOf(Arrived.class);
        phone.letPass(PAUSE);
        return phone;
    }

    /** Somebody with an authenticator app and a number. */
    private Member both(MfaRealm realm) {
        Member member = realm.enrolled();
        SmsPhone phone = SmsPhone.fresh(twilio, server);
        Browser browser = new Browser();
        SignIn signIn = realm.web().signIn(Map.of("kc_action", "mfa-enroll-sms"));
        Page number = realm.password(browser, signIn, member)
                .as(ChallengePage.class)
                .answer(member.phone().nextCode());
        Page codes = phone.enroll(number, "");
        assertThat(codes.as(RecoveryCodesPage.class).confirm()).isInstanceOf(Arrived.class);
        phone.letPass(PAUSE);
        return member;
    }

    private ChallengePage asked(MfaRealm realm, Member member, SmsPhone phone) {
        return phone.send(realm.password(new Browser(), realm.web().signIn(), member))
                .as(ChallengePage.class);
    }

    private ChallengePage asked(MfaRealm realm, Member member, SmsPhone phone, Duration after) {
        phone.letPass(after);
        return asked(realm, member, phone);
    }

    private static Page chosen(Page page) {
        return page.as(OtherPage.class).html().submit("enroll", Map.of("enroll", "SMS_OTP"));
    }

    /** The page on which a code for a new number can be sent to somebody who has none yet. */
    private Page chosen(MfaRealm realm, Member newcomer) {
        SmsPhone phone = SmsPhone.fresh(twilio, server);
        return phone.enter(chosen(realm.password(new Browser(), realm.web().signIn(), newcomer)), phone.number());
    }

    private static String credential(MfaRealm realm, Member member) {
        String path = realm.name() + "/users/" + member.id() + "/credentials";
        for (JsonNode credential : realm.admin().get(path)) {
            if (credential.path("type").asText().equals("mfa-sms")) {
                return path + "/" + credential.path("id").asText();
            }
        }
        throw new Unexpected("credentials", realm.credentials(member).toString(), "mfa-sms");
    }

    private static String wrong(SmsPhone phone) {
        return phone.code().equals("123456") ? "654321" : "123456";
    }

    private void age(Member member, Duration time) {
        server.database()
                .update(
                        "UPDATE MFA_CHALLENGE SET EXPIRES_AT = EXPIRES_AT - ? WHERE USER_ID = ?",
                        time.toMillis(),
                        member.id());
    }

    private static List<String> labels(MfaRealm realm, Member member) {
        return realm
                .admin()
                .get(realm.name() + "/users/" + member.id() + "/credentials")
                .findValuesAsText("userLabel")
                .stream()
                .filter(label -> label.startsWith("•"))
                .toList();
    }

    private String status(String sid) {
        return server.database()
                .rows("SELECT STATUS FROM MFA_SMS_SEND WHERE PROVIDER_REF = ?", sid)
                .get(0)
                .get("STATUS");
    }

    private Reply report(MfaRealm realm, Map<String, String> form, String signature) {
        return Http.postForm(
                URI.create(realm.address() + "/mfa-sms-status"), form, Map.of("X-Twilio-Signature", signature));
    }

    private static String signature(MfaRealm realm, Map<String, String> form) throws Exception {
        StringBuilder text = new StringBuilder(Twilio.CALLBACK + "/realms/" + realm.name() + "/mfa-sms-status");
        new TreeMap<>(form).forEach((name, value) -> text.append(name).append(value));
        Mac hmac = Mac.getInstance("HmacSHA1");
        hmac.init(new SecretKeySpec(Twilio.TOKEN.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        return Base64.getEncoder().encodeToString(hmac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
