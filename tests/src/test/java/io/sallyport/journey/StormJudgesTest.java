package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.journey.Seen.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The judges of the storm find what they are for, in books that are made up, and nothing in a sound one. */
final class StormJudgesTest {

    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration COOLDOWN = Duration.ofMinutes(15);
    private static final Instant UNTIL = THEN.plus(COOLDOWN);

    private final List<Deed> deeds = new ArrayList<>();
    private final List<TrailRow> trail = new ArrayList<>();
    private final List<List<TrailRow>> readings = new ArrayList<>();
    private final Map<String, Long> evidence = new HashMap<>();
    private final Map<String, Long> lastSteps = new HashMap<>();
    private final Map<String, Long> spentCodes = new HashMap<>();
    private final Map<String, Long> passes = new HashMap<>();
    private final Map<String, Long> changes = new HashMap<>();
    private final Set<String> rules = new HashSet<>();
    private final Map<String, Instant> locks = new HashMap<>();
    private final List<Aftermath.Approval> approvals = new ArrayList<>();
    private final List<Aftermath.Factor> factors = new ArrayList<>();

    @Test
    void aSoundBookHasNoContradiction() {
        signIn("c1", Answer.DONE, "step 7 of ann");
        signIn("c2", Answer.REFUSED, "step 7 of ann");
        row("c1", "auth.mfa_verified", "ann");
        failure("c2", "ann", "replay");
        evidence.put("ann", 1L);
        lastSteps.put("ann", 7L);
        deed("c5", DeedKind.GUESS, "eve", Answer.REFUSED);
        failure("c5", "eve", "wrong_code");
        lastSteps.put("eve", -1L);
        deed("c3", DeedKind.SPEND, "bob", Answer.UNKNOWN, "approval x");
        deed("c4", DeedKind.SPEND, "bob", Answer.DONE, "approval x");
        row("c4", "auth.mfa_approval_spent", "bob", "action_hash", "h");
        row("before", "auth.mfa_challenge_created", "bob", "action_hash", "h", THEN.minusSeconds(9));
        row("before", "auth.mfa_verified", "bob", "action_hash", "h", THEN.minusSeconds(8));
        approvals.add(new Aftermath.Approval("h", true, true));
        lock("dan", UNTIL);
        locks.put("dan", UNTIL);
        readings.add(List.copyOf(trail));

        assertThat(contradictions()).isEmpty();
    }

    @Test
    void anAnswerWithoutItsRowIsFound() {
        deed("c1", DeedKind.UNLOCK, "ann", Answer.DONE);

        assertThat(contradictions()).singleElement().asString().contains("c1", "answered as done");
    }

    @Test
    void aRefusalWithoutItsRowIsFound() {
        signIn("c1", Answer.REFUSED, "step 7 of ann");

        assertThat(contradictions()).singleElement().asString().contains("c1", "has no row");
    }

    @Test
    void aSuccessThatWasAnsweredAsARefusalIsFound() {
        deed("c1", DeedKind.UNLOCK, "ann", Answer.REFUSED);
        row("c1", "auth.mfa_unlocked", "ann");

        assertThat(contradictions()).singleElement().asString().contains("c1", "was refused");
    }

    @Test
    void halfOfItsRowsIsFoundThoughNobodySawTheAnswer() {
        deed("c1", DeedKind.RECOVER, "ann", Answer.UNKNOWN, "recovery code 1");
        row("c1", "auth.mfa_verified", "ann");

        assertThat(contradictions()).singleElement().asString().contains("c1", "half on the trail");
    }

    @Test
    void aCodeThatCountsTwiceIsFound() {
        deed("c1", DeedKind.RECOVER, "ann", Answer.DONE, "recovery code 1");
        deed("c2", DeedKind.RECOVER, "ann", Answer.UNKNOWN, "recovery code 1");
        for (String correlation : List.of("c1", "c2")) {
            row(correlation, "auth.mfa_verified", "ann");
            row(correlation, "auth.mfa_recovery_used", "ann");
        }

        assertThat(contradictions()).containsExactly("More than one success by recovery code 1.");
    }

    @Test
    void aGuessThatSucceedsIsFound() {
        deed("c1", DeedKind.GUESS, "ann", Answer.UNKNOWN);
        row("c1", "auth.mfa_verified", "ann");

        assertThat(contradictions()).anyMatch(found -> found.contains("can't succeed"));
    }

    @Test
    void aSuccessThatNobodyAskedForIsFound() {
        row("c1", "auth.mfa_unlocked", "ann");

        assertThat(contradictions()).singleElement().asString().contains("nobody asked for it");
    }

    @Test
    void aSignInWithoutItsProofIsFound() {
        signIn("c1", Answer.UNKNOWN, "step 7 of ann");
        row("c1", "auth.mfa_verified", "ann");
        lastSteps.put("ann", 7L);

        assertThat(contradictions()).singleElement().asString().contains("0 proofs for 1 sign-ins");
    }

    @Test
    void aCodeThatCouldBeUsedAgainIsFound() {
        signIn("c1", Answer.DONE, "step 7 of ann");
        row("c1", "auth.mfa_verified", "ann");
        evidence.put("ann", 1L);
        lastSteps.put("ann", 6L);

        assertThat(contradictions()).singleElement().asString().contains("step 7 again");
    }

    @Test
    void aProofWithoutItsRowIsFound() {
        signIn("c1", Answer.UNKNOWN, "step 7 of ann");
        evidence.put("ann", 1L);

        assertThat(contradictions()).singleElement().asString().contains("1 proofs for 0 sign-ins");
    }

    @Test
    void aSpentApprovalWithoutItsRowIsFound() {
        row("before", "auth.mfa_challenge_created", "bob", "action_hash", "h", THEN.minusSeconds(9));
        row("before", "auth.mfa_verified", "bob", "action_hash", "h", THEN.minusSeconds(8));
        approvals.add(new Aftermath.Approval("h", true, true));

        assertThat(contradictions()).containsExactly("Approval h is spent 1 times as stored, 0 times by the trail.");
    }

    @Test
    void aRowWithoutItsApprovalIsFound() {
        row("before", "auth.mfa_challenge_created", "bob", "action_hash", "h", THEN.minusSeconds(9));

        assertThat(contradictions()).singleElement().asString().contains("h was asked for", "not stored");
    }

    @Test
    void aFactorThatIsActiveWithoutItsRowIsFound() {
        row("before", "auth.mfa_enrollment_started", "bob", "enrollment_id", "f", THEN.minusSeconds(9));
        factors.add(new Aftermath.Factor("f", "bob", "ACTIVE", true, true));

        assertThat(contradictions()).singleElement().asString().contains("active without a row");
    }

    @Test
    void aFactorThatOutlivesItsEndIsFound() {
        row("before", "auth.mfa_deactivated", "bob", "enrollment_id", "f", THEN.minusSeconds(9));
        factors.add(new Aftermath.Factor("f", "bob", "ACTIVE", false, true));

        assertThat(contradictions()).singleElement().asString().contains("ended by the trail");
    }

    @Test
    void aFactorWhoseCredentialIsLeftIsFound() {
        row("before", "auth.mfa_deactivated", "bob", "enrollment_id", "f", THEN.minusSeconds(9));
        factors.add(new Aftermath.Factor("f", "bob", "REVOKED", false, true));

        assertThat(contradictions()).singleElement().asString().contains("do not agree");
    }

    @Test
    void aRuleWithoutItsRowIsFound() {
        rules.add("r");
        changes.put("r", 1L);

        assertThat(contradictions()).hasSize(2).allMatch(found -> found.contains("Rule r"));
    }

    @Test
    void aPassWithoutItsRowIsFound() {
        passes.put("ann", 1L);

        assertThat(contradictions()).containsExactly("User ann has 1 passes, and 0 rows.");
    }

    @Test
    void aCodeThatWasSpentWithoutItsRowIsFound() {
        row("before", "auth.mfa_recovery_reset", "ann", "", "", THEN.minusSeconds(9));
        spentCodes.put("ann", 1L);

        assertThat(contradictions()).containsExactly("User ann has 1 spent recovery codes, and 0 rows.");
    }

    @Test
    void aLockWithoutItsRowIsFound() {
        locks.put("dan", UNTIL);

        assertThat(contradictions()).singleElement().asString().contains("dan is locked", "no row says so");
    }

    @Test
    void aLockThatIsToldTwiceIsFound() {
        locks.put("dan", UNTIL);
        lock("dan", UNTIL);
        lock("dan", UNTIL);

        assertThat(contradictions()).singleElement().asString().contains("told more than once");
    }

    @Test
    void aRefusalForALockThatNobodyToldIsFound() {
        failure("c1", "dan", "locked");

        assertThat(contradictions()).singleElement().asString().contains("no row tells");
    }

    @Test
    void whoPassesWhileHeIsLockedIsFound() {
        lock("dan", UNTIL);
        locks.put("dan", UNTIL);
        row("before", "auth.mfa_verified", "dan", "", "", THEN.plusSeconds(60));
        deed("before", DeedKind.APPROVE, "dan", Answer.DONE);

        assertThat(contradictions()).singleElement().asString().contains("dan passed at");
    }

    @Test
    void aLockThatOutlivesItsEndIsFound() {
        lock("dan", UNTIL);
        locks.put("dan", UNTIL);
        row("before", "auth.mfa_unlocked", "dan", "", "", THEN.plusSeconds(60));
        deed("before", DeedKind.UNLOCK, "dan", Answer.DONE);

        assertThat(contradictions()).singleElement().asString().contains("dan was unlocked", "is locked still");
    }

    @Test
    void aLockThatEndedByItselfIsFound() {
        lock("dan", UNTIL);

        assertThat(contradictions()).singleElement().asString().contains("nothing says who ended");
    }

    @Test
    void whatAReaderSawAndTheTrailHasNotIsFound() {
        failure("c1", "ann", "wrong_code");
        TrailRow seen = trail.remove(0);
        readings.add(List.of(seen, seen));

        assertThat(contradictions()).hasSize(3).anyMatch(found -> found.contains("twice"));
    }

    private List<String> contradictions() {
        Aftermath left =
                new Aftermath(evidence, lastSteps, spentCodes, passes, changes, rules, locks, approvals, factors);
        AnswerJudge answers = new AnswerJudge(deeds, trail);
        List<String> found = new ArrayList<>(answers.contradictions(THEN));
        found.addAll(new EffectJudge(trail, left).contradictions());
        found.addAll(new SignInJudge(deeds, answers.effective(), left).contradictions());
        found.addAll(new LockJudge(trail, left, COOLDOWN).contradictions());
        found.addAll(new ReadingJudge(trail).contradictions(readings));
        return found;
    }

    private void signIn(String correlation, Answer answer, String use) {
        deed(correlation, DeedKind.SIGN_IN, "ann", answer, use);
    }

    private void deed(String correlation, DeedKind kind, String user, Answer answer, String... uses) {
        String error = answer == Answer.REFUSED ? "invalid_grant" : "";
        deeds.add(new Deed(correlation, kind, user, List.of(uses), answer, error));
    }

    private void row(String correlation, String type, String user) {
        row(correlation, type, user, "", "", THEN.plusSeconds(1));
    }

    private void row(String correlation, String type, String user, String detail, String value) {
        row(correlation, type, user, detail, value, THEN.plusSeconds(1));
    }

    private void row(String correlation, String type, String user, String detail, String value, Instant at) {
        add(correlation, type, "SUCCESS", "", user, Map.of(detail, value), at);
    }

    private void failure(String correlation, String user, String reason) {
        add(correlation, "auth.mfa_failed", "FAILURE", reason, user, Map.of(), THEN.plusSeconds(1));
    }

    private void lock(String user, Instant until) {
        Map<String, String> details = Map.of("locked_until", String.valueOf(until.getEpochSecond()));
        add("of the server", "auth.mfa_locked", "FAILURE", "too_many_failures", user, details, THEN.plusSeconds(1));
    }

    private void add(
            String correlation,
            String type,
            String outcome,
            String reason,
            String user,
            Map<String, String> details,
            Instant at) {
        String id = "row " + trail.size();
        trail.add(new TrailRow(id, at, correlation, type, outcome, reason, user, "", Json.write(details)));
    }
}
