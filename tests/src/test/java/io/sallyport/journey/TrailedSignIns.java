package io.sallyport.journey;

import static io.sallyport.event.MfaEventType.ACTIVATED;
import static io.sallyport.event.MfaEventType.CHALLENGE_CREATED;
import static io.sallyport.event.MfaEventType.DEVICE_TRUSTED;
import static io.sallyport.event.MfaEventType.ENROLLMENT_STARTED;
import static io.sallyport.event.MfaEventType.FAILED;
import static io.sallyport.event.MfaEventType.LOCKED;
import static io.sallyport.event.MfaEventType.RECOVERY_RESET;
import static io.sallyport.event.MfaEventType.RECOVERY_USED;
import static io.sallyport.event.MfaEventType.SKIPPED;
import static io.sallyport.event.MfaEventType.TOKEN_REFUSED;
import static io.sallyport.event.MfaEventType.VERIFIED;
import static io.sallyport.journey.Operation.failure;
import static io.sallyport.journey.Operation.success;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What people do to get in: by pages and by the password grant, with every method, in every way it ends. */
record TrailedSignIns(TrailRealm place) {

    List<Operation> all() {
        return List.of(
                Operation.of(
                        "TOTP beside the password",
                        traced -> {
                            Member member = place.member();
                            traced.code(member, member.phone().nextCode()).tokens();
                            return member.id();
                        },
                        success(VERIFIED, "TOTP", "").byRule()),
                Operation.of(
                        "TOTP beside the password, wrong",
                        traced -> {
                            Member member = place.member();
                            traced.code(member, member.phone().wrongCode());
                            return member.id();
                        },
                        failure(FAILED, "TOTP", "wrong_code").byRule()),
                Operation.of(
                        "TOTP beside the password, replayed",
                        traced -> {
                            Member member = place.member();
                            String code = member.phone().nextCode();
                            place.realm()
                                    .backend()
                                    .password(member.username(), Member.PASSWORD, code)
                                    .tokens();
                            traced.code(member, code);
                            return member.id();
                        },
                        failure(FAILED, "TOTP", "replay").byRule()),
                Operation.of(
                        "TOTP that is no code",
                        traced -> {
                            Member member = place.member();
                            traced.code(member, "12345");
                            return member.id();
                        },
                        failure(FAILED, "TOTP", "malformed").byRule()),
                Operation.of(
                        "The failure that locks",
                        traced -> {
                            Member member = place.member();
                            fail(member, 4);
                            traced.code(member, member.phone().wrongCode());
                            return member.id();
                        },
                        failure(FAILED, "TOTP", "wrong_code").byRule(),
                        failure(LOCKED, "TOTP", "too_many_failures").byRule()),
                Operation.of(
                        "A right code during a lock",
                        traced -> {
                            Member member = place.member();
                            fail(member, 5);
                            traced.code(member, member.phone().nextCode());
                            return member.id();
                        },
                        failure(FAILED, "TOTP", "locked").byRule()),
                Operation.of(
                        "A password during a lock",
                        traced -> {
                            Member member = place.member();
                            fail(member, 5);
                            traced.password(place.realm().backend(), member, Map.of());
                            return member.id();
                        },
                        failure(TOKEN_REFUSED, "", "locked").byRule()),
                Operation.of(
                        "Downgrade: a password alone, by another client",
                        traced -> {
                            Member member = place.member();
                            traced.password(place.realm().shop(), member, Map.of());
                            return member.id();
                        },
                        failure(TOKEN_REFUSED, "", "mfa_required").byRule()),
                Operation.of(
                        "Downgrade: a password alone of somebody without a factor",
                        traced -> {
                            Member member = place.newcomer();
                            traced.password(place.realm().backend(), member, Map.of());
                            return member.id();
                        },
                        failure(TOKEN_REFUSED, "", "mfa_required").byRule()),
                Operation.of(
                        "Downgrade: a refresh after the factor went",
                        traced -> {
                            Member member = place.member();
                            Tokens tokens = place.realm().signIn(new Browser(), member);
                            new HelpDesk(place.realm())
                                    .call(
                                            "DELETE",
                                            "users/" + member.id() + "/enrollments/"
                                                    + new HelpDesk(place.realm()).factor(member)
                                                    + "?reason=lost&end_sessions=false",
                                            "",
                                            place.administratorToken())
                                    .expect(200);
                            place.realm()
                                    .web()
                                    .grant(
                                            Map.of(
                                                    "grant_type",
                                                    "refresh_token",
                                                    "refresh_token",
                                                    tokens.refresh().orElseThrow()),
                                            traced.headers());
                            return member.id();
                        },
                        failure(TOKEN_REFUSED, "", "mfa_required").byRule()),
                Operation.of(
                        "TOTP on a page",
                        traced -> {
                            Member member = place.member();
                            ChallengePage asked = ask(traced, member);
                            asked.answer(member.phone().nextCode()).as(Arrived.class);
                            return member.id();
                        },
                        success(VERIFIED, "TOTP", "").byRule()),
                Operation.of(
                        "TOTP on a page, wrong",
                        traced -> {
                            Member member = place.member();
                            ask(traced, member)
                                    .answer(member.phone().wrongCode())
                                    .as(ChallengePage.class);
                            return member.id();
                        },
                        failure(FAILED, "TOTP", "wrong_code").byRule()),
                Operation.of(
                        "Downgrade: a method that the page did not ask for",
                        traced -> {
                            Member member = place.member();
                            ask(traced, member).html().submit("code", Map.of("code", "12345678", "method", "SMS_OTP"));
                            return member.id();
                        },
                        failure(FAILED, "SMS_OTP", "not_asked").byRule()),
                Operation.of(
                        "A first factor on pages",
                        traced -> {
                            Member member = place.newcomer();
                            Page chooser = traced.password(place.realm().web().signIn(), member);
                            EnrollTotpPage enroll = chooser.as(OtherPage.class)
                                    .html()
                                    .submit("enroll", Map.of("enroll", "TOTP"))
                                    .as(EnrollTotpPage.class);
                            enroll.confirm(Phone.with(enroll.secret()).nextCode(), "phone")
                                    .as(RecoveryCodesPage.class)
                                    .confirm()
                                    .as(Arrived.class);
                            return member.id();
                        },
                        success(ENROLLMENT_STARTED, "TOTP", "").byRule(),
                        success(VERIFIED, "TOTP", "").byRule(),
                        success(ACTIVATED, "TOTP", "").byRule(),
                        success(RECOVERY_RESET, "RECOVERY_CODE", "")),
                Operation.of(
                        "A first key on pages",
                        traced -> {
                            Member member = place.newcomer();
                            Page chooser = traced.password(place.realm().web().signIn(), member);
                            KeyPage enroll = chooser.as(OtherPage.class)
                                    .html()
                                    .submit("enroll", Map.of("enroll", "WEBAUTHN"))
                                    .as(KeyPage.class);
                            enroll.answer(SecurityKey.at(place.origin()).create(enroll.options()), "key")
                                    .as(RecoveryCodesPage.class);
                            return member.id();
                        },
                        success(ENROLLMENT_STARTED, "WEBAUTHN", "").byRule(),
                        success(CHALLENGE_CREATED, "WEBAUTHN", "enroll").byRule(),
                        success(VERIFIED, "WEBAUTHN", "").byRule(),
                        success(ACTIVATED, "WEBAUTHN", "").byRule(),
                        success(RECOVERY_RESET, "RECOVERY_CODE", "")),
                Operation.of(
                        "A key",
                        traced -> {
                            SecurityKey key = SecurityKey.at(place.origin()).countedTo(11);
                            Member member = place.member(key);
                            KeyPage asked = traced.password(place.realm().web().signIn(), member)
                                    .as(KeyPage.class);
                            asked.answer(key.get(asked.options())).as(Arrived.class);
                            return member.id();
                        },
                        success(CHALLENGE_CREATED, "WEBAUTHN", "sign_in").byRule(),
                        success(VERIFIED, "WEBAUTHN", "").byRule()),
                Operation.of(
                        "A key, another one's",
                        traced -> {
                            SecurityKey key = SecurityKey.at(place.origin()).countedTo(11);
                            Member member = place.member(key);
                            KeyPage asked = traced.password(place.realm().web().signIn(), member)
                                    .as(KeyPage.class);
                            asked.answer(SecurityKey.at("https://evil.test").get(asked.options()));
                            return member.id();
                        },
                        success(CHALLENGE_CREATED, "WEBAUTHN", "sign_in").byRule(),
                        failure(FAILED, "WEBAUTHN", "wrong_code").byRule(),
                        success(CHALLENGE_CREATED, "WEBAUTHN", "sign_in").byRule()),
                Operation.of(
                        "A key whose counter went back",
                        traced -> {
                            SecurityKey key = SecurityKey.at(place.origin()).countedTo(9);
                            Member member = place.member(key);
                            KeyPage asked = traced.password(place.realm().web().signIn(), member)
                                    .as(KeyPage.class);
                            asked.answer(key.get(asked.options()));
                            return member.id();
                        },
                        success(CHALLENGE_CREATED, "WEBAUTHN", "sign_in").byRule(),
                        failure(FAILED, "WEBAUTHN", "possible_clone").byRule(),
                        success(CHALLENGE_CREATED, "WEBAUTHN", "sign_in").byRule()),
                Operation.of(
                        "A number on pages",
                        traced -> {
                            Member member = place.newcomer();
                            SmsPhone phone = SmsPhone.fresh(place.twilio(), place.keycloak());
                            phone.enroll(traced.password(place.realm().web().signIn(), member), "")
                                    .as(RecoveryCodesPage.class);
                            return member.id();
                        },
                        success(ENROLLMENT_STARTED, "SMS_OTP", "").byRule(),
                        success(CHALLENGE_CREATED, "SMS_OTP", "enroll").byRule(),
                        success(VERIFIED, "SMS_OTP", "").byRule(),
                        success(ACTIVATED, "SMS_OTP", "").byRule(),
                        success(RECOVERY_RESET, "RECOVERY_CODE", "")),
                Operation.of(
                        "A number that nobody may send to",
                        traced -> {
                            Member member = place.newcomer();
                            SmsPhone phone = new SmsPhone("+19005550100", place.twilio(), place.database());
                            Page ask = traced.password(place.realm().web().signIn(), member)
                                    .as(OtherPage.class)
                                    .html()
                                    .submit("enroll", Map.of("enroll", "SMS_OTP"));
                            phone.enter(ask, phone.number());
                            return member.id();
                        },
                        failure(FAILED, "SMS_OTP", "sms_number_kind").byRule()),
                Operation.of(
                        "SMS",
                        traced -> {
                            Member member = place.newcomer();
                            SmsPhone phone = place.phoneOf(member);
                            phone.send(traced.password(place.realm().web().signIn(), member))
                                    .as(ChallengePage.class)
                                    .answer(phone.code())
                                    .as(Arrived.class);
                            return member.id();
                        },
                        success(CHALLENGE_CREATED, "SMS_OTP", "sign_in").byRule(),
                        success(VERIFIED, "SMS_OTP", "").byRule()),
                Operation.of(
                        "SMS, wrong",
                        traced -> {
                            Member member = place.newcomer();
                            SmsPhone phone = place.phoneOf(member);
                            ChallengePage asked = phone.send(
                                            traced.password(place.realm().web().signIn(), member))
                                    .as(ChallengePage.class);
                            asked.answer(phone.code().equals("000000") ? "000001" : "000000");
                            return member.id();
                        },
                        success(CHALLENGE_CREATED, "SMS_OTP", "sign_in").byRule(),
                        failure(FAILED, "SMS_OTP", "wrong_code").byRule()),
                Operation.of(
                        "SMS that the provider does not send",
                        traced -> {
                            Member member = place.newcomer();
                            SmsPhone phone = place.phoneOf(member);
                            Page asked = traced.password(place.realm().web().signIn(), member);
                            place.twilio().refuse(401, "{\"code\":20003,\"status\":401,\"message\":\"token\"}");
                            try {
                                phone.send(asked);
                            } finally {
                                place.twilio().accept();
                            }
                            return member.id();
                        },
                        success(CHALLENGE_CREATED, "SMS_OTP", "sign_in").byRule(),
                        failure(FAILED, "SMS_OTP", "sms_provider_credentials").byRule()),
                Operation.of(
                        "A recovery code",
                        traced -> {
                            Guest guest = recoverable();
                            ask(traced, guest.member())
                                    .choose("RECOVERY_CODE")
                                    .as(ChallengePage.class)
                                    .answer(guest.codes().get(0));
                            return guest.member().id();
                        },
                        success(VERIFIED, "RECOVERY_CODE", "").byRule(),
                        success(RECOVERY_USED, "RECOVERY_CODE", "").byRule()),
                Operation.of(
                        "A recovery code, replayed",
                        traced -> {
                            Guest guest = recoverable();
                            ask(new Traced(place.realm(), "before"), guest.member())
                                    .choose("RECOVERY_CODE")
                                    .as(ChallengePage.class)
                                    .answer(guest.codes().get(0));
                            ask(traced, guest.member())
                                    .choose("RECOVERY_CODE")
                                    .as(ChallengePage.class)
                                    .answer(guest.codes().get(0))
                                    .as(ChallengePage.class);
                            return guest.member().id();
                        },
                        failure(FAILED, "RECOVERY_CODE", "wrong_code").byRule()),
                Operation.of(
                        "A browser that is trusted from now on",
                        traced -> {
                            Member member = place.member();
                            place.trust(traced.browser(), member);
                            return member.id();
                        },
                        success(VERIFIED, "TOTP", "").byRule(),
                        success(DEVICE_TRUSTED, "", "").byRule()),
                Operation.of(
                        "Skipped: a trusted browser",
                        traced -> {
                            Member member = place.member();
                            Browser browser = new Browser();
                            place.trust(browser, member);
                            Map<String, String> cookie = new HashMap<>(traced.headers());
                            cookie.put(
                                    "Cookie",
                                    "MFA_DEVICE=" + browser.cookie("MFA_DEVICE").orElseThrow());
                            place.realm()
                                    .password(
                                            new Browser(cookie),
                                            place.realm().web().signIn(),
                                            member)
                                    .as(Arrived.class);
                            return member.id();
                        },
                        success(SKIPPED, "", "trusted_device").byRule()),
                Operation.of(
                        "Skipped: an exemption",
                        traced -> {
                            Member member = place.newcomer();
                            Policies.of(place.realm()).except(member);
                            traced.password(place.realm().web().signIn(), member)
                                    .as(Arrived.class);
                            return member.id();
                        },
                        success(SKIPPED, "", "exempt_by_rule").byRule()),
                Operation.of(
                        "Skipped: grace",
                        traced -> {
                            Member member = place.newcomer();
                            place.grace(member);
                            traced.password(place.realm().web().signIn(), member)
                                    .as(GracePage.class)
                                    .later()
                                    .as(Arrived.class);
                            return member.id();
                        },
                        success(SKIPPED, "", "grace").byRule()),
                Operation.of(
                        "A temporary pass",
                        traced -> {
                            Member member = place.newcomer();
                            String pass = place.pass(member);
                            ask(traced, member).answer(pass);
                            return member.id();
                        },
                        success(VERIFIED, "TEMPORARY_PASS", "").byRule()));
    }

    /** Somebody with his recovery codes. */
    private record Guest(Member member, List<String> codes) {}

    private Guest recoverable() {
        Member member = place.member();
        Tokens session = place.calls().signIn(member);
        List<String> codes = Policies.texts(place.calls()
                .call(session.access(), "auth/mfa/recovery-codes", Map.of())
                .expect(200)
                .json()
                .path("recovery_codes"));
        return new Guest(member, codes);
    }

    private ChallengePage ask(Traced traced, Member member) {
        return traced.password(place.realm().web().signIn(), member).as(ChallengePage.class);
    }

    private void fail(Member member, int times) {
        for (int i = 0; i < times; i++) {
            place.realm()
                    .backend()
                    .password(member.username(), Member.PASSWORD, member.phone().wrongCode());
        }
    }
}
