package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** API-10, AUD-02: pages are shown however often somebody loads them; their rows are not without end. */
@Journey
final class PageFloodIT {

    private static final int FLOOD = 100;
    private static final int ROWS = 30;
    private static final int SHARES = 3;
    private static final String CREATED = "auth.mfa_challenge_created";

    private final MfaRealm realm;
    private final String origin;

    PageFloodIT(KeycloakServer server) {
        this.realm = MfaRealm.setUp(
                server,
                Map.of("mfa.methods", "TOTP,WEBAUTHN"),
                SelfService.policy(Rules.FOR_ALL, List.of(SelfService.EXPORT)));
        this.origin = "http://localhost:" + server.address().getPort();
    }

    @Test
    @DisplayName(
            "AUD-02: whoever is signed in and asks for approvals without end leaves so many rows, and can still approve")
    void approvalsWithoutEnd() {
        Member member = realm.enrolled();
        Browser browser = new Browser();
        realm.signIn(browser, member);
        SignIn asking = realm.web().signIn(Map.of("mfa_action", "export_all_data"));
        Page page = browser.open(asking.address());
        holdTheMinute(member);

        for (int i = 1; i < FLOOD; i++) {
            page = browser.open(
                    realm.web().signIn(Map.of("mfa_action", "export_all_data")).address());
        }

        assertThat(reasons(member)).hasSize(ROWS + 1).endsWith("too_many_challenges");
        assertThat(page.as(ChallengePage.class).answer(member.phone().nextCode()))
                .isInstanceOf(Arrived.class);
    }

    @Test
    @DisplayName("Two that ask somebody for his key for the first time at once are both answered")
    void theFirstPagesAtOnce() throws Exception {
        for (int round = 0; round < 3; round++) {
            SecurityKey key = SecurityKey.at(origin);
            Member member = realm.member(List.of(key.asStored("webauthn", 0)));
            List<Callable<Page>> people = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                LoginPage login =
                        new Browser().open(realm.web().signIn().address()).as(LoginPage.class);
                people.add(() -> login.signIn(member.username(), Member.PASSWORD));
            }

            List<Page> pages = Together.run(people);

            assertThat(pages).allMatch(KeyPage.class::isInstance);
            assertThat(reasons(member)).isEqualTo(Collections.nCopies(8, "sign_in"));
        }
    }

    @Test
    @DisplayName(
            "AUD-02: whoever has a password and begins enrollments without end leaves so many rows, and can still enroll")
    void enrollmentsWithoutEnd() {
        Member member = realm.newcomer();
        Page page = begins(member);
        holdTheMinute(member);

        for (int i = 1; i < FLOOD; i++) {
            page = begins(member);
        }

        List<String> reasons = realm.audit().of(member.id(), "auth.mfa_enrollment_started").stream()
                .map(Audit.Row::reason)
                .toList();
        assertThat(reasons).hasSize(SHARES * ROWS + 1).endsWith("too_many_enrollments");
        EnrollTotpPage enroll = page.as(EnrollTotpPage.class);
        assertThat(enroll.confirm(Phone.with(enroll.secret()).nextCode(), "phone"))
                .isInstanceOf(RecoveryCodesPage.class);
        assertThat(realm.audit().of(member.id(), "auth.mfa_activated")).hasSize(1);
    }

    /** In a browser, and so in a session, of its own. */
    private Page begins(Member member) {
        return realm.password(new Browser(), realm.web().signIn(), member)
                .as(OtherPage.class)
                .html()
                .submit("enroll", Map.of("enroll", "TOTP"));
    }

    private List<String> reasons(Member member) {
        return realm.audit().of(member.id(), CREATED).stream()
                .map(Audit.Row::reason)
                .toList();
    }

    /** The minute that has just begun lasts as long as the journey. */
    private void holdTheMinute(Member member) {
        realm.server()
                .database()
                .update("UPDATE MFA_CALL_SHARE SET BEGAN_AT = BEGAN_AT + 600000 WHERE USER_ID = ?", member.id());
    }
}
