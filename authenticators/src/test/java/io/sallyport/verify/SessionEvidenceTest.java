package io.sallyport.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.Method;
import io.sallyport.policy.PolicyDecision;
import io.sallyport.policy.Reason;
import io.sallyport.policy.Requirement;
import io.sallyport.verify.SessionEvidence.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SessionEvidenceTest {

    private static final Instant PROVED = Instant.parse("2026-03-01T12:00:00Z");
    private static final Evidence EVIDENCE = new Evidence("e", Method.TOTP, PROVED, List.of("pwd", "otp", "mfa"));
    private static final List<Reason> WHY = List.of(Reason.of("a test"));
    private static final PolicyDecision SKIP = new PolicyDecision.Skip(WHY);
    private static final PolicyDecision CHALLENGE =
            new PolicyDecision.Challenge(Requirement.anyMethod(), Set.of(Method.TOTP), WHY);

    @ParameterizedTest
    @CsvSource({"0, true", "299, true", "300, false", "301, false"})
    void evidenceIsFreshForTheLifeOfTheClaims(long seconds, boolean fresh) {
        SessionEvidence evidence = of(CHALLENGE, Optional.of(EVIDENCE), false, PROVED.plusSeconds(seconds));

        assertThat(evidence.fresh().isPresent()).isEqualTo(fresh);
    }

    @Test
    void aLockedUserHasNoFreshEvidence() {
        assertThat(of(CHALLENGE, Optional.of(EVIDENCE), true, PROVED).fresh()).isEmpty();
    }

    @Test
    void withoutEvidenceNothingIsFresh() {
        assertThat(of(SKIP, Optional.empty(), false, PROVED).fresh()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // required, proven, locked, refresh
        "true, true, false, false, PASS",
        "true, true, false, true, PASS",
        "true, false, false, false, MFA_REQUIRED",
        "true, false, false, true, MFA_REQUIRED",
        "false, false, false, false, PASS",
        "false, false, false, true, PASS",
        "true, true, true, false, LOCKED",
        "true, true, true, true, PASS",
        "true, false, true, false, LOCKED",
        "true, false, true, true, LOCKED",
        "false, false, true, false, LOCKED",
        "false, false, true, true, LOCKED",
        "false, true, true, false, LOCKED",
        "false, true, true, true, PASS"
    })
    void aLockedUserGetsNothingButTheRefreshOfAProvenSession(
            boolean required, boolean proven, boolean locked, boolean refresh, Verdict verdict) {
        SessionEvidence evidence =
                of(required ? CHALLENGE : SKIP, proven ? Optional.of(EVIDENCE) : Optional.empty(), locked, PROVED);

        assertThat(evidence.verdict(refresh)).isEqualTo(verdict);
    }

    @Test
    void aRecoveryCodeNeverStandsForAFreshFactor() {
        Evidence code = new Evidence("e", Method.RECOVERY_CODE, PROVED, List.of("pwd", "mfa"));

        assertThat(of(SKIP, Optional.of(code), false, PROVED).fresh()).contains(code);
        assertThat(of(SKIP, Optional.of(code), false, PROVED).freshFactor()).isEmpty();
        assertThat(of(SKIP, Optional.of(EVIDENCE), false, PROVED).freshFactor()).contains(EVIDENCE);
        assertThat(of(SKIP, Optional.of(EVIDENCE), true, PROVED).freshFactor()).isEmpty();
    }

    private static SessionEvidence of(
            PolicyDecision decision, Optional<Evidence> evidence, boolean locked, Instant now) {
        return new SessionEvidence(
                new Assessment(decision, List.of(), evidence, Optional.empty(), false, Optional.empty(), now),
                locked ? Optional.of(now.plusSeconds(60)) : Optional.empty(),
                Duration.ofMinutes(5));
    }
}
