package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;

/** An attacker who is in many places at the same instant. */
@Journey
final class ParallelGuessesIT {

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

        List<Boolean> results =
                Doors.atOnce(Doors.of(realm, member, WRONG), member.phone().wrongCode());

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
        List<Predicate<String>> doors = Doors.of(realm, member, RIGHT);

        List<Boolean> results = Doors.atOnce(doors, member.phone().newestCode());

        assertThat(results).hasSize(RIGHT).containsOnlyOnce(true);
        assertThat(realm.audit().of(member.id(), "auth.mfa_verified")).hasSize(1);
    }
}
