package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** LOCK-11: locks end by themselves; a factor that failed too often in a row does not come back. */
@Journey
final class SuspensionIT {

    private static final String SECOND_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final int CAP = 50;

    private final MfaRealm realm;
    private final Locks locks;
    private final Mailbox mailbox = Mailbox.open();

    SuspensionIT(KeycloakServer server) {
        this.realm = MfaRealm.setUp(server, Map.of("mfa.lockout.threshold", "10"), Rules.FOR_ALL);
        this.locks = new Locks(server);
        realm.change(Map.of(
                "smtpServer",
                Map.of("host", "localhost", "port", String.valueOf(mailbox.port()), "from", "sso@example.org")));
    }

    @AfterAll
    void close() {
        mailbox.close();
    }

    @Test
    @DisplayName(
            "LOCK-11: after 50 failures in a row the right code is refused for good; user and administrators are told")
    void fiftyFailuresSuspend() throws Exception {
        Member helper = realm.newcomer();
        Roles.of(realm).grant(helper.id(), "mfa.reset_mfa");
        Member member = realm.enrolled();
        fail(member, CAP - 1);
        assertThat(suspended(member)).isFalse();

        fail(member, 1);

        assertThat(suspended(member)).isTrue();
        locks.leave(member, Duration.ofSeconds(-1));
        assertThat(right(member).error()).isEqualTo("invalid_grant");
        assertThat(realm.audit().of(member.id(), "auth.mfa_locked"))
                .filteredOn(row -> row.reason().equals("suspended"))
                .hasSize(1);
        assertThat(realm.audit().of(member.id(), "auth.mfa_failed"))
                .last()
                .extracting(Audit.Row::reason)
                .isEqualTo("suspended");
        assertThat(mailbox.next(member.username() + "@example.org", "of your account was suspended"))
                .contains("127.0.0.1");
        assertThat(mailbox.next(helper.username() + "@example.org", "of a user was suspended"))
                .contains(member.username());
        Page page = realm.password(new Browser(), realm.web().signIn(), member);
        assertThat(page).as("it still counts as enrolled").isInstanceOf(ChallengePage.class);
        assertThat(page.as(ChallengePage.class)
                        .answer(member.phone().nextCode())
                        .as(ChallengePage.class)
                        .message())
                .contains("suspended");
    }

    @Test
    @DisplayName("LOCK-11: a success begins the count again, a lock that ran out does not")
    void onlyASuccessBeginsAgain() {
        Member member = realm.enrolled();
        fail(member, CAP - 1);
        locks.leave(member, Duration.ofSeconds(-1));

        assertThat(right(member).granted()).isTrue();

        fail(member, 1);
        assertThat(suspended(member)).isFalse();
        locks.leave(member, Duration.ofSeconds(-1));
        assertThat(right(member).granted()).isTrue();
    }

    @Test
    @DisplayName("LOCK-11: another factor still works, and replaces the suspended one")
    void anotherFactorReplacesIt() {
        Member member = realm.enrolledWith(SECOND_SECRET);
        fail(member, CAP);
        locks.leave(member, Duration.ofSeconds(-1));
        Browser browser = new Browser();
        ChallengePage page =
                realm.password(browser, realm.web().signIn(), member).as(ChallengePage.class);

        Page in = page.answer(
                Phone.with(SECOND_SECRET).nextCode(), page.enrollments().get(1));

        assertThat(in).isInstanceOf(Arrived.class);
        String suspended = page.enrollments().get(0);
        browser.open(realm.web()
                        .signIn(Map.of("kc_action", "delete_credential:" + suspended))
                        .address())
                .as(OtherPage.class)
                .html()
                .submit("accept", Map.of("accept", "yes"))
                .as(Arrived.class);
        assertThat(suspended(member)).isFalse();
    }

    /** Wrong codes of the first device; locks on the way are waited out. */
    private void fail(Member member, int times) {
        for (int i = 0; i < times; i++) {
            TokenReply reply = direct(member, member.phone().wrongCode());
            assertThat(reply.error()).isEqualTo("invalid_grant");
            if (locks.failures(member) == 10) {
                locks.leave(member, Duration.ofSeconds(-1));
            }
        }
    }

    private boolean suspended(Member member) {
        JsonNode status = realm.admin().get(realm.name() + "/mfa/users/" + member.id());
        return status.path("enrollments").findValuesAsText("suspended").contains("true");
    }

    private TokenReply right(Member member) {
        return direct(member, member.phone().nextCode());
    }

    private TokenReply direct(Member member, String code) {
        return realm.backend().password(member.username(), Member.PASSWORD, code);
    }
}
