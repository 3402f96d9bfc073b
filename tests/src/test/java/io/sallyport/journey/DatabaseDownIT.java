package io.sallyport.journey;

import static io.sallyport.journey.Claims.assertMfa;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** R-14, ERR-01: the database goes away under the running server, and comes back. */
@Journey
final class DatabaseDownIT {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int AT_ONCE = 50;

    @Test
    @DisplayName("R-14: without a database nobody gets in and nothing is told; with it back, all is as before")
    void failsClosedAndHeals(PostgresServer server) throws Exception {
        MfaRealm realm = MfaRealm.strict(server.keycloak());
        Member member = realm.enrolled();
        Browser known = new Browser();
        Tokens before = realm.signIn(known, member);
        ChallengePage asked =
                realm.password(new Browser(), realm.web().signIn(), member).as(ChallengePage.class);
        LoginPage login = new Browser().open(realm.web().signIn().address()).as(LoginPage.class);
        String code = member.phone().nextCode();

        server.stopDatabase();
        try {
            assertSaysNothing(realm.backend()
                    .password(member.username(), Member.PASSWORD, code)
                    .reply());
            assertSaysNothing(
                    realm.web().refresh(before.refresh().orElseThrow()).reply());
            assertLeadsNowhere(login.signIn(member.username(), Member.PASSWORD));
            assertLeadsNowhere(asked.answer(code));
        } finally {
            server.startDatabase();
        }

        awaitEverybodyIsServed(realm, member);
        assertMfa(realm.signIn(new Browser(), member).claims());
        assertMfa(realm.web().refresh(before.refresh().orElseThrow()).tokens().claims());
    }

    private static void assertSaysNothing(Reply reply) {
        assertThat(reply.status()).as(reply.body()).isGreaterThanOrEqualTo(400);
        assertThat(reply.body())
                .doesNotContain("token\"", "Exception", "SQL", "JDBC", "jdbc", "postgres", "io.sallyport", "\tat ");
    }

    private static void assertLeadsNowhere(Page page) {
        assertThat(page).isNotInstanceOf(Arrived.class);
        assertSaysNothing(page.as(ErrorPage.class).html().reply());
    }

    /** Many passwords at once are answered properly again: each connection that broke is only found when it is used. */
    private static void awaitEverybodyIsServed(MfaRealm realm, Member member) throws Exception {
        Callable<Integer> password = () ->
                realm.backend().password(member.username(), Member.PASSWORD).status();
        Instant end = Instant.now().plus(PATIENCE);
        while (!Together.run(Collections.nCopies(AT_ONCE, password)).stream().allMatch(status -> status == 403)) {
            if (Instant.now().isAfter(end)) {
                throw new Unexpected("server", "still unavailable", "healed within " + PATIENCE);
            }
        }
    }
}
