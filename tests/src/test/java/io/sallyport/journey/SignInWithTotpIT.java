package io.sallyport.journey;

import static io.sallyport.journey.Claims.assertMfa;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Password, page, code, token. */
@Journey
final class SignInWithTotpIT {

    private final MfaRealm realm;

    SignInWithTotpIT(KeycloakServer server) {
        this.realm = MfaRealm.strict(server);
    }

    @Test
    @DisplayName("CLM-01, TOK-15: access token, ID token, userinfo and introspection tell the same MFA facts")
    void allTokensTellTheSameFacts() {
        Member member = realm.enrolled();

        SignIn signIn = realm.backend().signIn();
        ChallengePage challenge = realm.password(new Browser(), signIn, member).as(ChallengePage.class);
        Tokens tokens =
                signIn.redeem(challenge.answer(member.phone().nextCode())).tokens();

        JsonNode userinfo =
                realm.backend().userinfo(tokens.access()).expect(200).json();
        JsonNode introspection = realm.backend().introspect(tokens.access());
        for (JsonNode claims : List.of(tokens.claims(), tokens.idClaims(), userinfo, introspection)) {
            assertMfa(claims);
            assertThat(claims.path("mfa_time")).isEqualTo(tokens.claims().path("mfa_time"));
            assertThat(claims.path("mfa_exp")).isEqualTo(tokens.claims().path("mfa_exp"));
        }
        assertThat(tokens.claims().path("exp").asLong())
                .isLessThanOrEqualTo(tokens.claims().path("mfa_exp").asLong());
    }

    @Test
    @DisplayName("TOK-01: the direct grant takes the code beside the password")
    void theDirectGrantTakesTheCode() {
        Member member = realm.enrolled();

        TokenReply reply = realm.backend()
                .password(member.username(), Member.PASSWORD, member.phone().nextCode());

        assertMfa(reply.tokens().claims());
    }

    @Test
    @DisplayName("AUD-01: a sign-in leaves one audit row and one Keycloak event")
    void aSignInLeavesOneRowAndOneEvent() {
        Member member = realm.enrolled();

        realm.signIn(new Browser(), member);

        List<Audit.Row> rows = realm.audit().of(member.id(), "auth.mfa_verified");
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).outcome()).isEqualTo("SUCCESS");
        assertThat(rows.get(0).text("event_code")).isEqualTo("10093");
        assertThat(rows.get(0).text("method")).isEqualTo("TOTP");
        assertThat(rows.get(0).text("client_id")).isEqualTo("web");
        assertThat(rows.get(0).text("correlation_id")).isNotEmpty();
        JsonNode events = realm.admin().get(realm.name() + "/events?type=CUSTOM_REQUIRED_ACTION&user=" + member.id());
        assertThat(events.findValuesAsText("event_id")).contains(rows.get(0).text("event_id"));
    }

    @Test
    @DisplayName(
            "FLOW-07: a page that was left open too long begins again with the password, and its code is not spent")
    void aPageLeftOpen() {
        MfaRealm hasty = MfaRealm.strict(realm.server());
        Member member = hasty.enrolled();
        ChallengePage left =
                hasty.password(new Browser(), hasty.web().signIn(), member).as(ChallengePage.class);
        hasty.change(Map.of("accessCodeLifespanLogin", 3, "accessCodeLifespanUserAction", 3));
        long until = System.currentTimeMillis() + 4_000;
        while (System.currentTimeMillis() < until) {
            LockSupport.parkUntil(until);
        }
        String code = member.phone().newestCode();

        Page late = left.answer(code);
        hasty.change(Map.of("accessCodeLifespanLogin", 1800, "accessCodeLifespanUserAction", 300));

        assertThat(late).isInstanceOf(LoginPage.class);
        assertThat(hasty.audit().of(member.id(), "auth.mfa_verified")).isEmpty();
        ChallengePage again =
                hasty.password(new Browser(), hasty.web().signIn(), member).as(ChallengePage.class);
        assertThat(again.answer(code)).isInstanceOf(Arrived.class);
    }

    @Test
    @DisplayName("TOTP-01: a second browser is refused the same code, and the row says replay")
    void aCodeWorksOnce() {
        Member member = realm.enrolled();
        SignIn first = realm.web().signIn();
        SignIn second = realm.web().signIn();
        ChallengePage one = realm.password(new Browser(), first, member).as(ChallengePage.class);
        ChallengePage two = realm.password(new Browser(), second, member).as(ChallengePage.class);
        ChallengePage wrong = realm.password(new Browser(), realm.web().signIn(), member)
                .as(ChallengePage.class)
                .answer(member.phone().wrongCode())
                .as(ChallengePage.class);
        String code = member.phone().newestCode();

        Page accepted = one.answer(code);
        Page replayed = two.answer(code);

        assertThat(first.redeem(accepted).granted()).isTrue();
        assertThat(replayed.as(ChallengePage.class).message()).isEqualTo(wrong.message());
        assertThat(realm.audit().of(member.id(), "auth.mfa_failed"))
                .extracting(Audit.Row::reason)
                .last()
                .isEqualTo("replay");
    }

    @Test
    @DisplayName("TOTP: a code older than the last accepted one is refused")
    void anOlderCodeIsRefusedAfterANewerOne() {
        Member member = realm.enrolled();
        String older = member.phone().nextCode();
        String newer = member.phone().nextCode();

        assertThat(direct(member, newer).granted()).isTrue();
        assertThat(direct(member, older).granted()).isFalse();
    }

    @Test
    @DisplayName("TOTP-07: codes two steps away are refused")
    void codesOutsideTheWindowAreRefused() {
        Member member = realm.enrolled();
        long now = member.phone().currentStep();

        assertThat(direct(member, member.phone().codeAt(now - 3)).granted()).isFalse();
        assertThat(direct(member, member.phone().codeAt(now + 3)).granted()).isFalse();
    }

    @Test
    @DisplayName("TOTP-17: whatever is no code leads back to the question, and is never an error")
    void nonsenseLeadsBackToTheQuestion() {
        Member member = realm.enrolled();
        ChallengePage page =
                realm.password(new Browser(), realm.web().signIn(), member).as(ChallengePage.class);

        for (String nonsense : List.of("", "12345", "1234567", "abcdef", "1".repeat(10_000))) {
            page = page.answer(nonsense).as(ChallengePage.class);
            assertThat(page.html().reply().body()).doesNotContain("Exception", "1".repeat(100));
        }
    }

    @Test
    @DisplayName("TOTP-17: a form without its field leads back to the question, and is no attempt")
    void aMissingFieldLeadsBackToTheQuestion(KeycloakServer server) {
        Member member = realm.enrolled();
        Browser browser = new Browser();
        ChallengePage page =
                realm.password(browser, realm.web().signIn(), member).as(ChallengePage.class);

        ChallengePage again =
                browser.submit(page.html().action("code"), Map.of()).as(ChallengePage.class);

        assertThat(again.message()).isNotEmpty();
        assertThat(new Locks(server).failures(member)).isZero();
    }

    @Test
    @DisplayName("ERR-05: the challenge page is not stored, not framed, and has no code in its address")
    void theChallengePageIsNotStoredAndNotFramed() {
        Member member = realm.enrolled();
        Browser browser = new Browser();
        SignIn signIn = realm.web().signIn();
        ChallengePage page = realm.password(browser, signIn, member).as(ChallengePage.class);
        String code = member.phone().nextCode();

        page.answer(code);

        Reply reply = page.html().reply();
        assertThat(reply.header("Cache-Control").orElse("")).contains("no-store");
        assertThat(reply.header("Content-Security-Policy").orElse("")).contains("frame-ancestors");
        assertThat(reply.header("Referrer-Policy").orElse("")).isEqualTo("no-referrer");
        assertThat(browser.history()).noneMatch(visit -> visit.uri().toString().contains(code));
    }

    private TokenReply direct(Member member, String code) {
        return realm.backend().password(member.username(), Member.PASSWORD, code);
    }
}
