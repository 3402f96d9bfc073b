package io.sallyport.journey;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A few rounds of each race; {@link RacesTortureIT} runs many. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RacesIT {

    private final Twilio twilio = new Twilio();
    private TwoNodes nodes;
    private Races races;
    private ApprovalRace approvals;
    private RemovalRace removals;
    private SmsRace messages;

    @BeforeAll
    void start() throws IOException {
        nodes = TwoNodes.quiet(twilio.options());
        races = new Races(nodes);
        approvals = new ApprovalRace(nodes);
        removals = new RemovalRace(nodes);
        messages = new SmsRace(nodes, twilio);
    }

    @AfterEach
    void noDeadlock() {
        races.noDeadlock();
    }

    @AfterAll
    void stop() throws IOException {
        nodes.close();
        twilio.close();
    }

    @RepeatedTest(2)
    @DisplayName("LOCK-02: of 60 wrong codes at once on two nodes, five are compared")
    void atMostFiveAreCompared() throws Exception {
        races.wrongCodes(60);
    }

    @RepeatedTest(2)
    @DisplayName("TOTP-04: one code, 50 sessions, two nodes: one success")
    void oneCodeOneSuccess() throws Exception {
        races.oneCode(25);
    }

    @RepeatedTest(2)
    @DisplayName("REC-02: one recovery code, 50 sessions, two nodes: one success")
    void oneRecoveryCodeOneSuccess() throws Exception {
        races.oneRecoveryCode(25);
    }

    @RepeatedTest(2)
    @DisplayName("WA-05, R-01: one counter in 50 answers on two nodes: one success")
    void oneCounterOneSuccess() throws Exception {
        races.oneCounter(25);
    }

    @Test
    @DisplayName("SMS-09: 30 people on two nodes ask at once, for one range, one number, one day: caps hold")
    void messagesStayWithinTheCaps() throws Exception {
        messages.oneRange(30, 5);
        messages.oneNumber(30);
        messages.oneDay(30, 4);
    }

    @Test
    @DisplayName("WA-13: a key that is removed on one node is refused on the other")
    void aRemovedKeyIsRefused() {
        races.removedKey();
    }

    @RepeatedTest(2)
    @DisplayName("R-01: one approval, 20 that spend it at once on two nodes: one does")
    void oneApprovalOneUse() throws Exception {
        approvals.spending(10);
    }

    @RepeatedTest(2)
    @DisplayName("R-01: one challenge, 20 right answers at once on two nodes: one is taken")
    void oneChallengeOneApproval() throws Exception {
        approvals.proving(10);
    }

    @RepeatedTest(3)
    @DisplayName("LIFE-01: the last two factors are removed at once on two nodes: one stays")
    void theLastFactorStays() throws Exception {
        removals.byRest();
        removals.byBothDoors();
    }

    @RepeatedTest(3)
    @DisplayName("LIFE-01: one factor, six that remove it at once on two nodes: it goes once")
    void oneFactorGoesOnce() throws Exception {
        removals.oneFactor(3);
    }

    @RepeatedTest(3)
    @DisplayName("REC-06: new codes, six that ask for them at once on two nodes: one set is alive")
    void oneSetIsAlive() throws Exception {
        removals.recoveryCodes(3);
    }

    @Test
    @DisplayName("R-01: two administrators save at once on two nodes, 30 times: one does, or both, and nothing is lost")
    void nobodySavesOverAnother() throws Exception {
        SettingsRace settings = new SettingsRace(nodes);
        settings.sameSeen(30);
        settings.different(30);
    }

    @Test
    @DisplayName("AUD-07: 60 writers on two nodes, thrice: each row has one place in one tree")
    void everyRowIsSealedOnce(@TempDir Path desk) throws Exception {
        new SealRace(nodes).writers(30, 3, desk);
    }
}
