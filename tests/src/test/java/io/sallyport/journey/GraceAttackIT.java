package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody who wants more grace than there is. */
@Journey
final class GraceAttackIT {

    private final MfaRealm realm;
    private final MfaRealm strict;
    private final Graces graces;

    GraceAttackIT(KeycloakServer server) {
        this.realm = MfaRealm.setUp(server, Map.of(), Graces.everybody(Map.of("days", 14, "skips", 3)));
        this.strict = MfaRealm.strict(server);
        this.graces = new Graces(server.database());
    }

    @ParameterizedTest
    @DisplayName("POL-08: only the button itself lets somebody go on")
    @ValueSource(strings = {"", "LATER", "skip", "true", "now,later"})
    void nothingButTheButton(String choice) {
        Member member = realm.newcomer();
        GracePage page =
                realm.password(new Browser(), realm.web().signIn(), member).as(GracePage.class);

        Page answer = page.choose(choice);

        assertThat(answer).isInstanceOf(GracePage.class);
        assertThat(graces.used(member)).isZero();
    }

    @Test
    @DisplayName("POL-08: closing the page, opening the application again, or cancelling is not going on")
    void leavingIsNotGoingOn() {
        Member member = realm.newcomer();
        Browser browser = new Browser();
        GracePage page = realm.password(browser, realm.web().signIn(), member).as(GracePage.class);

        assertThat(page.submit(Map.of("cancel-aia", "true"))).isInstanceOf(GracePage.class);
        assertThat(browser.open(realm.shop().signIn().address())).isNotInstanceOf(Arrived.class);
        assertThat(browser.open(realm.shop().signIn(Map.of("prompt", "none")).address())
                        .as(Arrived.class)
                        .parameter("error"))
                .contains("login_required");
        assertThat(graces.used(member)).isZero();
    }

    @Test
    @DisplayName("POL-08: an action that the application names comes after the gate, and its cancelling lets nobody in")
    void anActionOfTheApplicationComesAfterTheGate() {
        for (String action : new String[] {"mfa-gate", "CONFIGURE_TOTP", "UPDATE_PROFILE"}) {
            Member member = realm.newcomer();
            SignIn signIn = realm.web().signIn(Map.of("kc_action", action));

            GracePage page = realm.password(new Browser(), signIn, member).as(GracePage.class);
            Page cancelled = page.submit(Map.of("cancel-aia", "true"));

            assertThat(cancelled).as(action).isInstanceOf(GracePage.class);
            assertThat(graces.used(member)).isZero();
        }
    }

    @Test
    @DisplayName("FLOW: the gate can't be named away by kc_action")
    void theGateCannotBeNamedAway() {
        Member enrolled = strict.enrolled();
        Member newcomer = strict.newcomer();
        String flow = Flows.make(strict, "password-only", "auth-username-password-form");
        Flows.override(strict, "web", "browser", flow);
        Map<String, String> named = Map.of("kc_action", "mfa-gate");

        ChallengePage challenge = strict.password(new Browser(), strict.web().signIn(named), enrolled)
                .as(ChallengePage.class);

        Page cancelled = challenge.html().submit("code", Map.of("code", "", "cancel-aia", "true"));
        assertThat(cancelled.as(ChallengePage.class).answer(enrolled.phone().nextCode()))
                .isInstanceOf(Arrived.class);
        assertThat(strict.password(new Browser(), strict.web().signIn(named), newcomer))
                .isInstanceOf(EnrollTotpPage.class);
    }

    @Test
    @DisplayName("POL-08: where no rule gives grace, the button of a page that was never shown does nothing")
    void aButtonOfNoPage() {
        Member enrolled = strict.enrolled();
        Member newcomer = strict.newcomer();
        Browser browser = new Browser();
        EnrollTotpPage enroll =
                strict.password(browser, strict.web().signIn(), newcomer).as(EnrollTotpPage.class);
        ChallengePage challenge =
                strict.password(new Browser(), strict.shop().signIn(), enrolled).as(ChallengePage.class);

        assertThat(enroll.confirm(Map.of("grace", "later", "code", "", "label", "")))
                .isInstanceOf(EnrollTotpPage.class);
        assertThat(challenge.html().submit("code", Map.of("grace", "later", "code", "")))
                .isInstanceOf(ChallengePage.class);
        assertThat(graces.rowsOf(enrolled) + graces.rowsOf(newcomer)).isZero();
    }

    @Test
    @DisplayName("POL-08: who chose to enroll in this sign-in does not get back to the page by posting it again")
    void thePageIsOverOnceEnrollingBegan() {
        Member member = realm.newcomer();
        Browser browser = new Browser();
        GracePage page = realm.password(browser, realm.web().signIn(), member).as(GracePage.class);
        URI action = page.html().action("grace");
        page.now().as(EnrollTotpPage.class);

        Page again = browser.submit(action, Map.of("grace", "later"));

        assertThat(again).isNotInstanceOf(Arrived.class);
        assertThat(graces.used(member)).isZero();
    }
}
