package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** POL-04, R-26: a change of the policy on one node is followed by the other, and a decision that is known costs no SQL. */
@TestInstance(Lifecycle.PER_CLASS)
final class PolicyOnTwoNodesIT {

    private static final int TRIES = 200;

    private TwoNodes nodes;
    private MfaRealm realm;
    private Policies policies;
    private Member member;

    @BeforeAll
    void start() throws IOException {
        nodes = TwoNodes.clustered();
        realm = MfaRealm.setUp(nodes.first(), Map.of(), Rules.NONE);
        policies = Policies.of(realm);
        member = realm.newcomer();
    }

    @AfterAll
    void stop() throws IOException {
        nodes.close();
    }

    @Test
    @DisplayName("POL-04: the other node follows each of 200 changes")
    void theOtherNodeFollows() {
        String id = policies.create(Map.of("required", true))
                .expect(201)
                .json()
                .path("id")
                .asText();
        List<Duration> waits = new ArrayList<>();
        awaitOnTheOtherNode(true);
        for (int version = 1; version <= TRIES; version++) {
            boolean required = version % 2 == 0;
            policies.update(
                            id,
                            Map.of("required", true, "state", required ? "ENFORCED" : "DISABLED", "version", version))
                    .expect(200);

            waits.add(awaitOnTheOtherNode(required));
        }

        Duration longest = waits.stream().max(Duration::compareTo).orElseThrow();
        System.out.println("the other node followed " + waits.size() + " changes, at the latest after " + longest);
        assertThat(waits).hasSize(TRIES);
        policies.delete(id, "?reason=over").expect(204);
    }

    @Test
    @DisplayName("A decision that is known needs no statement about the policy; a cold one two")
    void aKnownDecisionNeedsNoStatement() {
        policies.replace("?reason=x", Map.of("rules", List.of(Map.of("required", true, "state", "REPORT_ONLY"))))
                .expect(200);
        awaitOnTheOtherNode(false);

        long warm = statementsOf(() -> signIn(member));
        realm.change(Map.of("displayName", "invalidated"));
        long told = statementsOf(() -> signIn(member));
        Member another = realm.newcomer();
        signIn(member);
        long unknownUser = statementsOf(() -> signIn(another));

        assertThat(warm).as("known realm, known user").isZero();
        assertThat(told).as("realm invalidated").isLessThanOrEqualTo(2);
        assertThat(unknownUser).as("another user").isLessThanOrEqualTo(2);
    }

    private long statementsOf(Runnable signIn) {
        int mark = nodes.second().log().length();
        signIn.run();
        return TwoNodes.statements(nodes.second(), mark, "MFA_POLICY")
                + TwoNodes.statements(nodes.second(), mark, "mfa_policy");
    }

    private Duration awaitOnTheOtherNode(boolean required) {
        long began = System.nanoTime();
        while (signIn(member).granted() == required) {
            Thread.onSpinWait();
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private TokenReply signIn(Member who) {
        OidcClient backend = new OidcClient(
                nodes.second().realm(realm.name()), "backend", Optional.of(MfaRealm.SECRET), MfaRealm.CALLBACK);
        return backend.password(who.username(), Member.PASSWORD);
    }
}
