package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;

/** An attacker who is in many places at the same instant. */
@Journey
final class ParallelGuessesIT {

    private static final int BROWSERS = 20;
    private static final int WRONG = 60;
    private static final int RIGHT = 50;

    private final MfaRealm realm;

    ParallelGuessesIT(KeycloakServer server) {
        this.realm = MfaRealm.strict(server);
    }

    @RepeatedTest(2)
    @DisplayName("LOCK: of 60 wrong codes at once, over pages and grants, five are compared")
    void atMostFiveAreCompared() throws Exception {
        Member member = realm.enrolled();
        String wrong = member.phone().wrongCode();

        List<Boolean> results = Together.run(attempts(member, wrong, WRONG));

        assertThat(results).hasSize(WRONG).doesNotContain(true);
        assertThat(realm.audit().of(member.id(), "auth.mfa_failed"))
                .filteredOn(row -> !row.reason().equals("locked"))
                .hasSize(5);
        assertThat(realm.audit().of(member.id(), "auth.mfa_locked")).hasSize(1);
    }

    @RepeatedTest(3)
    @DisplayName("TOTP-04: of 50 sessions that send one right code at once, one succeeds")
    void oneOfManySucceeds() throws Exception {
        Member member = realm.enrolled();
        String right = member.phone().nextCode();

        List<Boolean> results = Together.run(attempts(member, right, RIGHT));

        assertThat(results).hasSize(RIGHT).containsOnlyOnce(true);
        assertThat(realm.audit().of(member.id(), "auth.mfa_verified")).hasSize(1);
    }

    /** The first in browsers that are past the password, the others by the direct grant; whether each got in. */
    private List<Callable<Boolean>> attempts(Member member, String code, int count) {
        List<Callable<Boolean>> attempts = new ArrayList<>();
        for (int i = 0; i < BROWSERS; i++) {
            SignIn signIn = realm.web().signIn();
            ChallengePage challenge =
                    realm.password(new Browser(), signIn, member).as(ChallengePage.class);
            attempts.add(() -> challenge.answer(code) instanceof Arrived);
        }
        while (attempts.size() < count) {
            attempts.add(() -> realm.backend()
                    .password(member.username(), Member.PASSWORD, code)
                    .granted());
        }
        return attempts;
    }
}
