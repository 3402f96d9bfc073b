package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SMS when the provider is in trouble, or somebody guesses; on a server with few connections to its database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SmsTroubleIT {

    private static final Duration PAUSE = Duration.ofSeconds(31);
    private static final int AT_ONCE = 4;

    private final Twilio twilio = new Twilio();
    private final KeycloakServer server = start();
    private final MfaRealm realm = MfaRealm.setUp(
            server, Map.of("mfa.methods", "TOTP,SMS_OTP", "mfa.sms.address-cap", "10000"), Rules.FOR_ALL);

    private KeycloakServer start() {
        List<String> options = new ArrayList<>(twilio.options());
        options.add("--db-pool-max-size=10");
        return SharedServer.start("journey-sms-trouble", options);
    }

    @AfterAll
    void stop() {
        server.close();
        twilio.close();
    }

    /** Enough messages that arrive, so that no other case's failures keep the provider resting. */
    @BeforeEach
    void arrive() {
        twilio.accept();
        for (int i = 0; i < AT_ONCE; i++) {
            enrolled(realm.newcomer());
        }
    }

    @ParameterizedTest
    @DisplayName("SMS-13: whatever the provider answers, nobody passes, nothing counts as a wrong code, and it is told")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "500, `{\"code\":20500,\"status\":500,\"message\":\"boom\"}`, sms_provider_error, don’t know",
                "200, `<html>garbage`, sms_no_answer, don’t know",
                "401, `{\"code\":20003,\"status\":401,\"message\":\"token\"}`, sms_provider_credentials, at the moment",
                "429, `<html>slow down`, sms_provider_busy, at the moment",
                "400, `{\"code\":21610,\"status\":400,\"message\":\"STOP\"}`, sms_number_unreachable, to this number"
            })
    void aBrokenProviderOpensNothing(int status, String body, String reason, String told) {
        Member member = realm.newcomer();
        SmsPhone phone = enrolled(member);
        Page asked = realm.password(new Browser(), realm.web().signIn(), member);
        twilio.refuse(status, body);

        Page failed = phone.send(asked);
        twilio.accept();

        assertThat(SmsPhone.html(failed).document().text()).contains(told);
        assertThat(realm.audit().of(member.id(), "auth.mfa_failed"))
                .extracting(Audit.Row::reason)
                .contains(reason);
        assertThat(locks().failures(member)).isZero();
        phone.letPass(PAUSE);
        assertThat(phone.send(failed).as(ChallengePage.class).answer(phone.code()))
                .isInstanceOf(Arrived.class);
    }

    @Test
    @DisplayName("SMS-13: the code of a message that was taken, but not answered, can be entered")
    void aCodeThatMayHaveArrivedCanBeEntered() {
        Member member = realm.newcomer();
        SmsPhone phone = enrolled(member);
        Page asked = realm.password(new Browser(), realm.web().signIn(), member);
        twilio.loseAnswers();

        ChallengePage unclear = phone.send(asked).as(ChallengePage.class);

        assertThat(unclear.html().document().select("#mfa-sms-unclear").text()).contains("don’t know whether");
        assertThat(phone.received()).isEqualTo(2);
        assertThat(unclear.answer(phone.code())).isInstanceOf(Arrived.class);
        assertThat(locks().failures(member)).isZero();
    }

    @Test
    @DisplayName("SMS-13: so can that of a number that is being enrolled")
    void aNumberIsEnrolledByACodeThatMayHaveArrived() {
        Member member = realm.newcomer();
        SmsPhone phone = SmsPhone.fresh(twilio, server);
        Page numbered =
                phone.enter(chosen(realm.password(new Browser(), realm.web().signIn(), member)), phone.number());
        twilio.loseAnswers();

        EnrollTotpPage unclear = phone.send(numbered).as(EnrollTotpPage.class);

        assertThat(unclear.html().document().select("#mfa-sms-unclear").text()).contains("don’t know whether");
        assertThat(unclear.confirm(Map.of("code", phone.code(), "label", ""))).isInstanceOf(RecoveryCodesPage.class);
    }

    @Test
    @DisplayName("SMS-13: where nothing was sent, an entry is neither compared nor counted")
    void whereNothingWasSentNothingIsCounted() {
        Member member = realm.newcomer();
        SmsPhone phone = enrolled(member);
        Browser browser = new Browser();
        ChallengePage sent = phone.send(realm.password(browser, realm.web().signIn(), member))
                .as(ChallengePage.class);
        phone.letPass(PAUSE);
        twilio.refuse(400, "{\"code\":21610,\"status\":400}");
        Html refused = SmsPhone.html(phone.send(sent));
        assertThat(refused.hasField("code")).isFalse();

        Page entered = browser.submit(refused.action("send"), Map.of("method", "SMS_OTP", "code", phone.code()));

        assertThat(SmsPhone.html(entered).message()).contains("none was sent");
        assertThat(locks().failures(member)).isZero();
        assertThat(realm.audit().of(member.id(), "auth.mfa_failed"))
                .extracting(Audit.Row::reason)
                .containsExactly("sms_number_unreachable", "nothing_sent");
    }

    @Test
    @DisplayName("SMS-07: a success by another factor gives no further guesses at the same code")
    void anotherFactorGivesNoFurtherGuesses() {
        Member member = realm.enrolled();
        SmsPhone phone = SmsPhone.fresh(twilio, server);
        Page codes = phone.enroll(atNumber(member), "");
        assertThat(codes.as(RecoveryCodesPage.class).confirm()).isInstanceOf(Arrived.class);
        phone.letPass(PAUSE);
        Page asked = realm.password(new Browser(), realm.web().signIn(), member)
                .as(ChallengePage.class)
                .choose("SMS_OTP");
        ChallengePage page = phone.send(asked).as(ChallengePage.class);
        for (int i = 0; i < 4; i++) {
            page = page.answer(wrong(phone)).as(ChallengePage.class);
        }
        realm.signIn(new Browser(), member);
        assertThat(locks().failures(member)).isZero();

        ChallengePage fifth = page.answer(wrong(phone)).as(ChallengePage.class);
        ChallengePage sixth = fifth.answer(phone.code()).as(ChallengePage.class);

        assertThat(sixth.message()).isNotEmpty();
        phone.letPass(PAUSE);
        assertThat(phone.send(sixth).as(ChallengePage.class).answer(phone.code()))
                .isInstanceOf(Arrived.class);
    }

    @Test
    @DisplayName("SMS-07: nor at the code of a number that is being enrolled")
    void norAtAnEnrollment() {
        Member member = realm.enrolled();
        SmsPhone phone = SmsPhone.fresh(twilio, server);
        EnrollTotpPage page =
                phone.send(phone.enter(atNumber(member), phone.number())).as(EnrollTotpPage.class);
        for (int i = 0; i < 4; i++) {
            page = page.confirm(Map.of("code", wrong(phone), "label", "")).as(EnrollTotpPage.class);
        }
        realm.signIn(new Browser(), member);

        EnrollTotpPage fifth =
                page.confirm(Map.of("code", wrong(phone), "label", "")).as(EnrollTotpPage.class);
        Page sixth = fifth.confirm(Map.of("code", phone.code(), "label", ""));

        assertThat(sixth).isInstanceOf(EnrollTotpPage.class);
        assertThat(realm.credentials(member)).doesNotContain("mfa-sms");
    }

    @Test
    @DisplayName("SMS-02: who may not enroll a number any more is sent nothing, although the page was shown")
    void whoMayNotEnrollIsSentNothing() {
        MfaRealm strict = MfaRealm.setUp(server, Map.of("mfa.methods", "TOTP,SMS_OTP"), Rules.FOR_ALL);
        Member member = strict.newcomer();
        SmsPhone phone = SmsPhone.fresh(twilio, server);
        Page numbered =
                phone.enter(chosen(strict.password(new Browser(), strict.web().signIn(), member)), phone.number());
        Policies.of(strict)
                .replace("?reason=stronger", Rules.document(Map.of("required", true, "strength", "NO_SMS")))
                .expect(200);

        Page refused = phone.send(numbered);

        assertThat(refused).isNotInstanceOf(Arrived.class);
        assertThat(phone.received()).isZero();
        assertThat(strict.audit().of(member.id(), "auth.mfa_failed"))
                .extracting(Audit.Row::reason)
                .containsExactly("not_allowed");
    }

    @Test
    @DisplayName("LOCK-11: a number that failed too often is sent nothing")
    void aSuspendedNumberIsSentNothing() {
        Member member = realm.newcomer();
        SmsPhone phone = enrolled(member);
        Page asked = realm.password(new Browser(), realm.web().signIn(), member);
        server.database().update("UPDATE MFA_ENROLLMENT SET SUSPENDED_AT = 1 WHERE USER_ID = ?", member.id());

        Html refused = SmsPhone.html(phone.send(asked));

        assertThat(refused.message()).contains("suspended");
        assertThat(phone.received()).isEqualTo(1);
    }

    @Test
    @DisplayName("R-17: while the provider answers nobody, whoever has an app signs in, with ten connections")
    void othersDontWaitForTheProvider() throws Exception {
        List<Member> withNumbers = new ArrayList<>();
        List<SmsPhone> phones = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            withNumbers.add(realm.newcomer());
            phones.add(enrolled(withNumbers.get(i)));
        }
        twilio.hold();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<Page>> waiting = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                SmsPhone phone = phones.get(i);
                Page asked = realm.password(new Browser(), realm.web().signIn(), withNumbers.get(i));
                waiting.add(threads.submit(() -> phone.send(asked)));
            }
            twilio.awaitHeld(AT_ONCE);

            for (int i = 0; i < 2 * AT_ONCE; i++) {
                realm.signIn(new Browser(), realm.enrolled());
            }

            for (Future<Page> page : waiting) {
                assertThat(SmsPhone.html(page.get()).document().text()).contains("don’t know whether");
            }
        } finally {
            twilio.release();
            threads.shutdownNow();
        }
    }

    private SmsPhone enrolled(Member member) {
        SmsPhone phone = SmsPhone.fresh(twilio, server);
        Page codes = phone.enroll(realm.password(new Browser(), realm.web().signIn(), member), "");
        assertThat(codes.as(RecoveryCodesPage.class).confirm()).isInstanceOf(Arrived.class);
        phone.letPass(PAUSE);
        return phone;
    }

    /** The page that asks for a number, after a proof by the app. */
    private Page atNumber(Member member) {
        return realm.password(new Browser(), realm.web().signIn(Map.of("kc_action", "mfa-enroll-sms")), member)
                .as(ChallengePage.class)
                .answer(member.phone().nextCode());
    }

    private static Page chosen(Page page) {
        return page.as(OtherPage.class).html().submit("enroll", Map.of("enroll", "SMS_OTP"));
    }

    private static String wrong(SmsPhone phone) {
        return phone.code().equals("123456") ? "654321" : "123456";
    }

    private Locks locks() {
        return new Locks(server);
    }
}
