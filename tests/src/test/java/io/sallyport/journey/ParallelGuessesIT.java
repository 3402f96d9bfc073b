package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
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

        List<Boolean> results = atOnce(doors(member, WRONG), member.phone().wrongCode());

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
        List<Predicate<String>> doors = doors(member, RIGHT);

        List<Boolean> results = atOnce(doors, member.phone().nextCode());

        assertThat(results).hasSize(RIGHT).containsOnlyOnce(true);
        assertThat(realm.audit().of(member.id(), "auth.mfa_verified")).hasSize(1);
    }

    private static List<Boolean> atOnce(List<Predicate<String>> doors, String code) throws Exception {
        List<Callable<Boolean>> attempts = new ArrayList<>();
        doors.forEach(door -> attempts.add(() -> door.test(code)));
        return Together.run(attempts);
    }

    /** Whether a code opens them: first browsers that are past the password, then direct grants. */
    private List<Predicate<String>> doors(Member member, int count) {
        List<Predicate<String>> doors = new ArrayList<>();
        for (int i = 0; i < BROWSERS; i++) {
            ChallengePage challenge =
                    realm.password(new Browser(), realm.web().signIn(), member).as(ChallengePage.class);
            doors.add(code -> challenge.answer(code) instanceof Arrived);
        }
        while (doors.size() < count) {
            doors.add(code -> realm.backend()
                    .password(member.username(), Member.PASSWORD, code)
                    .granted());
        }
        return doors;
    }
}
