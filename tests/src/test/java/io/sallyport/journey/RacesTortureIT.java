package io.sallyport.journey;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/** the same races with 1,000 guesses and 100 rounds. */
@Tag("torture")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RacesTortureIT {

    private TwoNodes nodes;
    private Races races;
    private ApprovalRace approvals;
    private RemovalRace removals;

    @BeforeAll
    void start() throws IOException {
        nodes = TwoNodes.quiet(List.of());
        races = new Races(nodes);
        approvals = new ApprovalRace(nodes);
        removals = new RemovalRace(nodes);
    }

    @AfterEach
    void noDeadlock() {
        races.noDeadlock();
    }

    @AfterAll
    void stop() throws IOException {
        nodes.close();
    }

    @RepeatedTest(3)
    @DisplayName("LOCK-02: of 1,000 wrong codes at once on two nodes, five are compared")
    void atMostFiveAreCompared() throws Exception {
        races.wrongCodes(1000);
    }

    @RepeatedTest(100)
    @DisplayName("TOTP-04: one code, 50 sessions, two nodes: one success")
    void oneCodeOneSuccess() throws Exception {
        races.oneCode(25);
    }

    @RepeatedTest(100)
    @DisplayName("REC-02: one recovery code, 50 sessions, two nodes: one success")
    void oneRecoveryCodeOneSuccess() throws Exception {
        races.oneRecoveryCode(25);
    }

    @RepeatedTest(100)
    @DisplayName("WA-05, R-01: one counter in 50 answers on two nodes: one success")
    void oneCounterOneSuccess() throws Exception {
        races.oneCounter(25);
    }

    @RepeatedTest(100)
    @DisplayName("R-01: one approval, 20 that spend it at once on two nodes: one does")
    void oneApprovalOneUse() throws Exception {
        approvals.spending(10);
    }

    @RepeatedTest(100)
    @DisplayName("R-01: one challenge, 20 right answers at once on two nodes: one is taken")
    void oneChallengeOneApproval() throws Exception {
        approvals.proving(10);
    }

    @RepeatedTest(100)
    @DisplayName("LIFE-01: the last two factors are removed at once on two nodes: one stays")
    void theLastFactorStays() throws Exception {
        removals.byRest();
        removals.byBothDoors();
    }

    @RepeatedTest(100)
    @DisplayName("LIFE-01: one factor, six that remove it at once on two nodes: it goes once")
    void oneFactorGoesOnce() throws Exception {
        removals.oneFactor(3);
    }

    @RepeatedTest(100)
    @DisplayName("REC-06: new codes, six that ask for them at once on two nodes: one set is alive")
    void oneSetIsAlive() throws Exception {
        removals.recoveryCodes(3);
    }
}
