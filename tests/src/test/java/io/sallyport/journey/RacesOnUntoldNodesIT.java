package io.sallyport.journey;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The same races on two nodes that share nothing but the database: nothing that one of them remembers decides. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RacesOnUntoldNodesIT {

    private TwoNodes nodes;
    private Races races;

    @BeforeAll
    void start() throws IOException {
        nodes = TwoNodes.local();
        races = new Races(nodes);
    }

    @AfterAll
    void stop() throws IOException {
        nodes.close();
    }

    @Test
    @DisplayName("LOCK-02: of 60 wrong codes at once, five are compared")
    void atMostFiveAreCompared() throws Exception {
        races.wrongCodes(60);
        races.noDeadlock();
    }

    @Test
    @DisplayName("TOTP-04: one code, 50 sessions: one success")
    void oneCodeOneSuccess() throws Exception {
        races.oneCode(25);
        races.noDeadlock();
    }

    @Test
    @DisplayName("REC-02: one recovery code, 50 sessions: one success")
    void oneRecoveryCodeOneSuccess() throws Exception {
        races.oneRecoveryCode(25);
        races.noDeadlock();
    }
}
