package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** REC: recovery codes work once, lead to a new factor, and to nothing else. */
@ExtendWith(SharedServer.class)
final class RecoveryIT {

    private static final String RENEW = "CONFIGURE_RECOVERY_AUTHN_CODES";

    private final MfaRealm realm;

    RecoveryIT(KeycloakServer server) {
        this.realm = MfaRealm.strict(server);
    }

    @Test
    @DisplayName(
            "REC-01, REC-02, REC-11: a code leads to a new factor, that to tokens; the code is spent, both on the record")
    void aCodeLeadsToANewFactor() {
        Holder holder = holder();
        String code = holder.codes().get(3);
        SignIn signIn = realm.web().signIn();

        Page enroll = recover(holder, signIn, code);
        EnrollTotpPage page = enroll.as(EnrollTotpPage.class);
        Phone renewed = Phone.with(page.secret());
        Page arrived = page.confirm(renewed.nextCode(), "new phone");

        assertThat(signIn.redeem(arrived).tokens().claims().path("mfa_method").asText())
                .isEqualTo("TOTP");
        assertThat(recover(holder, realm.web().signIn(), code)).isInstanceOf(ChallengePage.class);
        List<Audit.Row> used = realm.audit().of(holder.member().id(), "auth.mfa_recovery_used");
        assertThat(used).hasSize(1);
        assertThat(used.get(0).detail("recovery_codes_left")).isEqualTo("9");
        assertThat(used.toString()).doesNotContain(code);
    }

    @Test
    @DisplayName("A recovery code alone is no MFA: no token, no claim, whatever page is left or address opened")
    void aCodeAloneIsNoMfa() {
        Holder holder = holder();
        Browser browser = new Browser();
        SignIn signIn = realm.web().signIn();
        ChallengePage asked = realm.password(browser, signIn, holder.member()).as(ChallengePage.class);
        asked.choose("RECOVERY_CODE")
                .as(ChallengePage.class)
                .answer(holder.codes().get(0))
                .as(EnrollTotpPage.class);

        assertThat(browser.open(realm.web().signIn().address())).isNotInstanceOf(Arrived.class);
        assertThat(browser.open(realm.web().signIn(Map.of("prompt", "none")).address())
                        .as(Arrived.class)
                        .parameter("error"))
                .contains("login_required");
        assertThat(browser.open(
                        realm.shop().signIn(Map.of("kc_action", "mfa-gate")).address()))
                .isNotInstanceOf(Arrived.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lower", "dense", "spaced"})
    @DisplayName("REC-05: any spelling is the same code, and spent in any")
    void anySpellingIsTheSameCode(String spelling) {
        Holder holder = holder();
        String code = holder.codes().get(0);
        String typed = switch (spelling) {
            case "lower" -> code.toLowerCase(Locale.ROOT);
            case "dense" -> code.replace("-", "");
            default -> code.replace('-', ' ');
        };

        assertThat(recover(holder, realm.web().signIn(), typed)).isInstanceOf(EnrollTotpPage.class);
        assertThat(recover(holder, realm.web().signIn(), code)).isInstanceOf(ChallengePage.class);
    }

    @Test
    @DisplayName("REC-06: new codes need a fresh proof of a factor, not a recovery code; the old ones are dead")
    void newCodesNeedAFactor() {
        Holder holder = holder();
        Browser browser = new Browser();
        SignIn signIn = realm.web().signIn(Map.of("kc_action", RENEW));
        ChallengePage asked = realm.password(browser, signIn, holder.member()).as(ChallengePage.class);
        Page offer = asked.answer(holder.member().phone().nextCode());

        RecoveryCodesPage codes = offer.as(OtherPage.class)
                .html()
                .submit("renew", Map.of("renew", "true"))
                .as(RecoveryCodesPage.class);

        assertThat(codes.codes()).hasSize(10).doesNotContainAnyElementsOf(holder.codes());
        assertThat(signIn.redeem(codes.confirm())
                        .tokens()
                        .claims()
                        .path("mfa_verified")
                        .asBoolean())
                .isTrue();
        assertThat(recover(holder, realm.web().signIn(), holder.codes().get(5))).isInstanceOf(ChallengePage.class);
        Holder renewed = new Holder(holder.member(), codes.codes());
        assertThat(recover(renewed, realm.web().signIn(), codes.codes().get(5))).isInstanceOf(EnrollTotpPage.class);
    }

    @Test
    @DisplayName("REC-06: whoever came by a recovery code gets a factor first, whatever action the application names")
    void aCodeDoesNotMakeCodes() {
        Holder holder = holder();
        SignIn signIn = realm.web().signIn(Map.of("kc_action", RENEW));

        Page page = recover(holder, signIn, holder.codes().get(0));

        assertThat(page).isInstanceOf(EnrollTotpPage.class);
        assertThat(realm.audit().of(holder.member().id(), "auth.mfa_recovery_reset"))
                .hasSize(1);
    }

    @Test
    @DisplayName("REC-09: wrong codes lock together with those of the other factors")
    void wrongCodesLock() {
        Holder holder = holder();
        String other = holder.codes().get(0).replaceAll("[0-9A-Z]{4}$", "0000");
        ChallengePage asked = realm.password(new Browser(), realm.web().signIn(), holder.member())
                .as(ChallengePage.class);
        for (int i = 0; i < 2; i++) {
            asked = asked.answer(holder.member().phone().wrongCode()).as(ChallengePage.class);
        }
        asked = asked.choose("RECOVERY_CODE").as(ChallengePage.class);
        asked = asked.answer(other).as(ChallengePage.class).answer(other).as(ChallengePage.class);

        assertThat(asked.answer(other)).isInstanceOf(LockedPage.class);
        assertThat(realm.password(new Browser(), realm.web().signIn(), holder.member()))
                .isInstanceOf(LockedPage.class);
    }

    @Test
    @DisplayName("REC-01: codes differ between people, and a set has none twice")
    void codesDiffer() {
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            all.addAll(holder().codes());
        }

        assertThat(all).hasSize(30).allMatch(code -> code.matches("([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}"));
    }

    @Test
    @DisplayName("With mfa.recovery.session = FULL a code stands for the factor, but is never a fresh factor")
    void aCodeMayStandForTheFactor() {
        MfaRealm lenient = MfaRealm.setUp(realm.server(), Map.of("mfa.recovery.session", "FULL"), Rules.FOR_ALL);
        Holder holder = holder(lenient);
        SignIn signIn = lenient.web().signIn();
        Browser browser = new Browser();
        ChallengePage asked = lenient.password(browser, signIn, holder.member()).as(ChallengePage.class);

        Page arrived = asked.choose("RECOVERY_CODE")
                .as(ChallengePage.class)
                .answer(holder.codes().get(0));

        assertThat(signIn.redeem(arrived).tokens().claims().path("mfa_method").asText())
                .isEqualTo("RECOVERY_CODE");
        Page renewal =
                browser.open(lenient.web().signIn(Map.of("kc_action", RENEW)).address());
        assertThat(renewal.as(OtherPage.class).html().submit("renew", Map.of("renew", "true")))
                .isInstanceOf(ChallengePage.class);
    }

    /** Somebody who enrolled by the pages, with the codes that he was shown. */
    private record Holder(Member member, List<String> codes) {}

    private Holder holder() {
        return holder(realm);
    }

    private static Holder holder(MfaRealm realm) {
        Member newcomer = realm.newcomer();
        EnrollTotpPage page =
                realm.password(new Browser(), realm.web().signIn(), newcomer).as(EnrollTotpPage.class);
        Phone phone = Phone.with(page.secret());
        RecoveryCodesPage codes = page.confirm(phone.nextCode(), "phone").as(RecoveryCodesPage.class);
        codes.confirm();
        return new Holder(new Member(newcomer.id(), newcomer.username(), page.secret(), phone), codes.codes());
    }

    private Page recover(Holder holder, SignIn signIn, String code) {
        ChallengePage asked =
                realm.password(new Browser(), signIn, holder.member()).as(ChallengePage.class);
        return asked.choose("RECOVERY_CODE").as(ChallengePage.class).answer(code);
    }
}
