package io.sallyport.journey;

import static io.sallyport.journey.Claims.assertMfa;
import static io.sallyport.journey.Claims.assertNoMfa;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who must enroll may put it off for a while: days and sign-ins are counted once, and never again. */
@Journey
final class GraceIT {

    private final KeycloakServer server;
    private final MfaRealm realm;
    private final Graces graces;

    GraceIT(KeycloakServer server) {
        this.server = server;
        this.realm = MfaRealm.setUp(server, Map.of(), Graces.everybody(Map.of("days", 14, "skips", 3)));
        this.graces = new Graces(server.database());
    }

    @Test
    @DisplayName("POL-09: who goes on without a factor gets tokens that say nothing of MFA, and it is on the record")
    void laterLetsInWithoutClaims() {
        Member member = realm.newcomer();
        SignIn signIn = realm.web().signIn();
        GracePage page = page(realm, new Browser(), signIn, member);

        Tokens tokens = signIn.redeem(page.later()).tokens();

        assertThat(Instant.parse(page.until().orElseThrow()))
                .isBetween(
                        Instant.now().plus(Duration.ofDays(14)).minusSeconds(60),
                        Instant.now().plus(Duration.ofDays(14)));
        assertThat(page.skips()).contains("3");
        assertNoMfa(tokens.claims());
        assertNoMfa(tokens.idClaims());
        assertNoMfa(realm.web().userinfo(tokens.access()).expect(200).json());
        List<Audit.Row> rows = realm.audit().of(member.id(), "auth.mfa_skipped");
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).reason()).isEqualTo("grace");
        assertThat(rows.get(0).detail("skips_left")).isEqualTo("2");
        assertThat(rows.get(0).detail("grace_until")).isNotEmpty();
        assertThat(rows.get(0).text("policy_version")).isEqualTo("1");
    }

    @Test
    @DisplayName("POL-09: single sign-on and refresh live on the waiver, without another question or skip")
    void theSessionLivesOnTheWaiver() {
        Member member = realm.newcomer();
        Browser browser = new Browser();
        Tokens first = later(realm, browser, realm.web().signIn(), member);

        SignIn silent = realm.shop().signIn(Map.of("prompt", "none"));
        Tokens shop = silent.redeem(browser.open(silent.address())).tokens();
        Tokens refreshed = realm.web().refresh(first.refresh().orElseThrow()).tokens();

        assertNoMfa(shop.claims());
        assertNoMfa(refreshed.claims());
        assertThat(graces.used(member)).isEqualTo(1);
        assertThat(realm.audit().of(member.id(), "auth.mfa_skipped")).hasSize(1);
    }

    @Test
    @DisplayName("The page says the end in the language of its reader")
    void theEndInTheReadersLanguage() {
        MfaRealm german = MfaRealm.setUp(server, Map.of(), Graces.days(14));
        german.change(Map.of("internationalizationEnabled", true, "supportedLocales", List.of("en", "de")));
        GracePage page =
                page(german, new Browser(), german.web().signIn(Map.of("ui_locales", "de")), german.newcomer());

        String expected = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                .withLocale(Locale.GERMAN)
                .format(Instant.parse(page.until().orElseThrow()).atOffset(ZoneOffset.UTC));

        assertThat(page.html().document().select("time").text()).isEqualTo(expected + " UTC");
        assertThat(page.skips()).isEmpty();
    }

    @Test
    @DisplayName("POL-09: neither a new sign-in nor a new client moves the end")
    void theEndIsFixedAtTheFirstSignIn() {
        Member member = realm.newcomer();
        String end =
                page(realm, new Browser(), realm.web().signIn(), member).until().orElseThrow();
        graces.startedEarlier(member, 3);

        GracePage later = page(realm, new Browser(), realm.web().signIn(), member);
        GracePage elsewhere = page(realm, new Browser(), realm.shop().signIn(), member);

        String moved = Instant.parse(end).minus(Duration.ofDays(3)).toString();
        assertThat(later.until()).contains(moved);
        assertThat(elsewhere.until()).contains(moved);
        assertThat(later.skips()).contains("3");
    }

    @Test
    @DisplayName("POL-09: a rule that gives more days later changes nothing, one that gives fewer does")
    void theRuleCanOnlyShortenIt() {
        MfaRealm changing = MfaRealm.setUp(server, Map.of(), Graces.days(14));
        Member member = changing.newcomer();
        Instant end = until(changing, member);

        changing.setUp(Map.of(), Graces.days(30)).expect(200);
        assertThat(until(changing, member)).isEqualTo(end);
        changing.setUp(Map.of(), Graces.days(5)).expect(200);
        assertThat(until(changing, member)).isEqualTo(end.minus(Duration.ofDays(9)));
        changing.setUp(Map.of(), Graces.skips(7)).expect(200);
        assertThat(until(changing, member)).isEqualTo(end);
    }

    @Test
    @DisplayName("POL-09: at the end nobody goes on: sign-in, single sign-on and refresh; the session stays")
    void theEndIsTheEnd() {
        Member member = realm.newcomer();
        Browser browser = new Browser();
        Tokens tokens = later(realm, browser, realm.web().signIn(), member);
        GracePage open = page(realm, new Browser(), realm.web().signIn(), member);

        graces.startedEarlier(member, 14);
        graces.waivedEarlier(member, 14);

        assertThat(open.later()).isInstanceOf(EnrollTotpPage.class);
        assertThat(realm.password(new Browser(), realm.web().signIn(), member)).isInstanceOf(EnrollTotpPage.class);
        assertRequired(realm.web().refresh(tokens.refresh().orElseThrow()));
        assertThat(error(browser.open(
                        realm.shop().signIn(Map.of("prompt", "none")).address())))
                .isEqualTo("interaction_required");
        assertThat(realm.admin().get(realm.name() + "/users/" + member.id() + "/sessions"))
                .hasSize(1);
        assertThat(browser.open(realm.shop().signIn().address())).isInstanceOf(EnrollTotpPage.class);
    }

    @Test
    @DisplayName("POL-09: so many sign-ins pass, and not one more")
    void skipsAreCounted() {
        MfaRealm counting = MfaRealm.setUp(server, Map.of(), Graces.skips(2));
        Member member = counting.newcomer();
        assertThat(page(counting, new Browser(), counting.web().signIn(), member)
                        .until())
                .isEmpty();

        later(counting, new Browser(), counting.web().signIn(), member);
        later(counting, new Browser(), counting.shop().signIn(), member);

        assertThat(counting.password(new Browser(), counting.web().signIn(), member))
                .isInstanceOf(EnrollTotpPage.class);
        assertThat(graces.used(member)).isEqualTo(2);
        long longestSession = counting.admin()
                .get(counting.name())
                .path("ssoSessionMaxLifespan")
                .asLong();
        assertThat(graces.waivedFor(member)).containsExactly(longestSession, longestSession);
    }

    @Test
    @DisplayName("POL-09: of many parallel sign-ins at the last skip one goes on")
    void theLastSkipIsUsedOnce() throws Exception {
        assertThat(parallel(realm, 3)).isEqualTo(3);
    }

    @Test
    @DisplayName("POL-09: the same on PostgreSQL")
    void theLastSkipIsUsedOnceOnPostgres(PostgresServer postgres) throws Exception {
        MfaRealm there = MfaRealm.setUp(postgres.keycloak(), Map.of(), Graces.skips(1));

        assertThat(parallel(there, 1)).isEqualTo(1);
    }

    @Test
    @DisplayName("POL-09: parallel first sign-ins begin one grace")
    void parallelFirstSignInsBeginOneGrace() throws Exception {
        Member member = realm.newcomer();
        Callable<Page> first = () -> realm.password(new Browser(), realm.web().signIn(), member);

        List<Page> pages = Together.run(Stream.generate(() -> first).limit(8).toList());

        assertThat(pages).allMatch(GracePage.class::isInstance);
        assertThat(graces.rowsOf(member)).isEqualTo(1);
    }

    @Test
    @DisplayName("POL-09: who enrolls has no grace again, also after a reset of the factor, and no waiver either")
    void aResetRenewsNothing() {
        Member member = realm.newcomer();
        Tokens elsewhere = later(realm, new Browser(), realm.web().signIn(), member);
        SignIn signIn = realm.web().signIn();
        EnrollTotpPage enroll = page(realm, new Browser(), signIn, member).now().as(EnrollTotpPage.class);
        Page codes = enroll.confirm(Phone.with(enroll.secret()).nextCode(), "");
        assertMfa(signIn.redeem(codes.as(RecoveryCodesPage.class).confirm())
                .tokens()
                .claims());
        assertRequired(realm.web().refresh(elsewhere.refresh().orElseThrow()));

        String credentials = realm.name() + "/users/" + member.id() + "/credentials";
        for (JsonNode credential : realm.admin().get(credentials)) {
            if (credential.path("type").asText().equals("otp")) {
                realm.admin()
                        .delete(credentials + "/" + credential.path("id").asText())
                        .expect(204);
            }
        }

        // no grace: the recovery codes are the only way back
        assertThat(realm.password(new Browser(), realm.web().signIn(), member)).isInstanceOf(ChallengePage.class);
        assertRequired(realm.web().refresh(elsewhere.refresh().orElseThrow()));
    }

    @Test
    @DisplayName("POL-09: joining a group whose rule has no grace ends it at once")
    void joiningAGroupEndsIt() {
        MfaRealm grouped = MfaRealm.setUp(server, Map.of(), Rules.NONE);
        String group = AdminApi.idOf(grouped.admin().post(grouped.name() + "/groups", Map.of("name", "finance")));
        grouped.setUp(
                        Map.of(),
                        Map.of(
                                "rules",
                                List.of(
                                        Map.of("name", "all", "required", true, "grace", Map.of("days", 14)),
                                        Map.of("name", "f", "required", true, "scope", Map.of("group", "/finance")))))
                .expect(200);
        Member member = grouped.newcomer();
        Browser browser = new Browser();
        Tokens tokens = later(grouped, browser, grouped.web().signIn(), member);

        grouped.admin().put(grouped.name() + "/users/" + member.id() + "/groups/" + group, Map.of());

        assertRequired(grouped.web().refresh(tokens.refresh().orElseThrow()));
        assertThat(browser.open(grouped.shop().signIn().address())).isInstanceOf(EnrollTotpPage.class);
        assertThat(grouped.password(new Browser(), grouped.web().signIn(), member))
                .isInstanceOf(EnrollTotpPage.class);
    }

    @Test
    @DisplayName("POL-09: a change of the deciding rule voids the waiver, not the count")
    void aPolicyChangeVoidsTheWaiver() {
        MfaRealm changing = MfaRealm.setUp(server, Map.of(), Graces.everybody(Map.of("days", 14, "skips", 3)));
        Member member = changing.newcomer();
        Browser browser = new Browser();
        Tokens tokens = later(changing, browser, changing.web().signIn(), member);

        changing.setUp(Map.of(), Graces.everybody(Map.of("days", 20, "skips", 3)))
                .expect(200);

        assertRequired(changing.web().refresh(tokens.refresh().orElseThrow()));
        assertThat(error(browser.open(
                        changing.shop().signIn(Map.of("prompt", "none")).address())))
                .isEqualTo("interaction_required");
        GracePage again = browser.open(changing.shop().signIn().address()).as(GracePage.class);
        assertThat(again.skips()).contains("2");
        assertThat(again.later()).isInstanceOf(Arrived.class);
        assertNoMfa(
                changing.web().refresh(tokens.refresh().orElseThrow()).tokens().claims());
        changing.setUp(Map.of(), Rules.NONE).expect(200);
        assertNoMfa(
                changing.web().refresh(tokens.refresh().orElseThrow()).tokens().claims());
    }

    @Test
    @DisplayName("POL-09: neither another session nor another user has any use of a waiver")
    void theWaiverIsOneSessions() {
        Member member = realm.newcomer();
        Member other = realm.newcomer();
        Browser browser = new Browser();
        Tokens tokens = later(realm, browser, realm.web().signIn(), member);

        assertThat(realm.password(new Browser(), realm.web().signIn(), member)).isInstanceOf(GracePage.class);
        realm.web().logout(tokens.refresh().orElseThrow()).expect(204);
        assertThat(realm.password(browser, realm.web().signIn(), other)).isInstanceOf(GracePage.class);
    }

    @Test
    @DisplayName("POL-09: the direct grant has no page, so it has no grace")
    void noneForTheDirectGrant() {
        Member member = realm.newcomer();

        assertRequired(realm.backend().password(member.username(), Member.PASSWORD));

        assertThat(realm.admin().get(realm.name() + "/users/" + member.id() + "/sessions"))
                .isEmpty();
        later(realm, new Browser(), realm.web().signIn(), member);
        assertRequired(realm.backend().password(member.username(), Member.PASSWORD));
    }

    @Test
    @DisplayName("POL-09: an offline session lives on the waiver until its end")
    void offlineSessions() {
        Member member = realm.newcomer();
        Tokens offline =
                later(realm, new Browser(), realm.web().signIn(Map.of("scope", "openid offline_access")), member);
        assertNoMfa(
                realm.web().refresh(offline.refresh().orElseThrow()).tokens().claims());

        graces.waivedEarlier(member, 14);

        assertRequired(realm.web().refresh(offline.refresh().orElseThrow()));
    }

    @Test
    @DisplayName("POL-09: a SAML application gets its assertion on a waiver, and none after its end")
    void samlApplications() {
        MfaRealm federated = MfaRealm.setUp(server, Map.of(), Graces.days(14));
        Saml.addTo(federated);
        Member member = federated.newcomer();
        Browser browser = new Browser();
        GracePage page = browser.open(Saml.request(federated))
                .as(LoginPage.class)
                .signIn(member.username(), Member.PASSWORD)
                .as(GracePage.class);

        assertThat(page.later().as(SamlPage.class).response()).contains("Assertion", member.username());
        assertThat(browser.open(Saml.request(federated))).isInstanceOf(SamlPage.class);
        graces.startedEarlier(member, 14);
        graces.waivedEarlier(member, 14);
        assertThat(browser.open(Saml.request(federated))).isInstanceOf(EnrollTotpPage.class);
    }

    @Test
    @DisplayName("The rows go with the user and with the realm")
    void theRowsGoWithTheUserAndTheRealm() {
        MfaRealm passing = MfaRealm.setUp(server, Map.of(), Graces.days(14));
        Member first = passing.newcomer();
        Member second = passing.newcomer();
        for (Member member : List.of(first, second)) {
            later(passing, new Browser(), passing.web().signIn(), member);
            assertThat(graces.rowsOf(member)).isEqualTo(2);
        }

        passing.admin().delete(passing.name() + "/users/" + first.id()).expect(204);
        assertThat(graces.rowsOf(first)).isZero();
        assertThat(graces.rowsOf(second)).isEqualTo(2);
        passing.admin().delete(passing.name()).expect(204);
        assertThat(graces.rowsOf(second)).isZero();
    }

    private static int parallel(MfaRealm realm, int most) throws Exception {
        Member member = realm.newcomer();
        List<Callable<Page>> taps = Stream.generate(
                        () -> page(realm, new Browser(), realm.web().signIn(), member))
                .limit(12)
                .<Callable<Page>>map(page -> page::later)
                .toList();

        List<Page> pages = Together.run(taps);

        assertThat(pages).allMatch(page -> page instanceof Arrived || page instanceof EnrollTotpPage);
        assertThat(realm.audit().of(member.id(), "auth.mfa_skipped")).hasSize(most);
        return Math.toIntExact(pages.stream().filter(Arrived.class::isInstance).count());
    }

    private static GracePage page(MfaRealm realm, Browser browser, SignIn signIn, Member member) {
        return realm.password(browser, signIn, member).as(GracePage.class);
    }

    private static Tokens later(MfaRealm realm, Browser browser, SignIn signIn, Member member) {
        return signIn.redeem(page(realm, browser, signIn, member).later()).tokens();
    }

    private static Instant until(MfaRealm realm, Member member) {
        return Instant.parse(
                page(realm, new Browser(), realm.web().signIn(), member).until().orElseThrow());
    }

    private static String error(Page page) {
        return page.as(Arrived.class).parameter("error").orElse("");
    }

    private static void assertRequired(TokenReply reply) {
        assertThat(reply.granted()).as(reply.describe()).isFalse();
        assertThat(reply.status()).as(reply.describe()).isEqualTo(403);
        assertThat(reply.error()).isEqualTo("mfa_required");
    }
}
