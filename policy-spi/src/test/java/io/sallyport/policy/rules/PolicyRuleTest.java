package io.sallyport.policy.rules;

import static io.sallyport.policy.rules.Draft.global;
import static io.sallyport.policy.rules.Draft.group;
import static io.sallyport.policy.rules.Draft.groupOf;
import static io.sallyport.policy.rules.Draft.off;
import static io.sallyport.policy.rules.Draft.required;
import static io.sallyport.policy.rules.Draft.tenant;
import static io.sallyport.policy.rules.Draft.user;
import static io.sallyport.policy.rules.Draft.userOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.sallyport.policy.Method;
import io.sallyport.policy.SignInFacts;
import io.sallyport.policy.Strength;
import io.sallyport.policy.address.StrictAddresses;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class PolicyRuleTest {

    private static final Instant SESSION = Instant.parse("2026-03-01T08:00:00Z");

    @Test
    void aCopyDiffersInWhatItIsMadeFor() {
        PolicyRule rule = required("r", tenant("acme")).done();

        assertThat(rule.as("other").id()).isEqualTo("other");
        assertThat(rule.as("other").as("r")).isEqualTo(rule);
        assertThat(rule.in(State.DISABLED).state()).isEqualTo(State.DISABLED);
        assertThat(rule.in(State.DISABLED).in(State.ENFORCED)).isEqualTo(rule);
        assertThat(rule.stored(9, SESSION).version()).isEqualTo(9);
        assertThat(rule.stored(9, SESSION).changedAt()).isEqualTo(SESSION);
    }

    @Test
    void onlyConditionsOfTheRenamedKindAreRenamed() {
        PolicyRule rule = required("r", global())
                .when(new Condition.IsClient(Set.of("shop")), new Condition.HasRole(Set.of("shop")))
                .done();

        assertThat(rule.renaming("clients", name -> "new " + name).when())
                .containsExactly(new Condition.IsClient(Set.of("new shop")), new Condition.HasRole(Set.of("shop")));
        Condition inside = new Condition.Inside(
                List.of(StrictAddresses.network("10.0.0.0/8").orElseThrow()));
        assertThat(inside.renaming(name -> "new " + name)).isEqualTo(inside);
    }

    @Test
    void idVersionAndAgeAreNotWhatARuleSays() {
        Draft draft = required("r", global()).when(new Condition.IsClient(Set.of("shop")));
        PolicyRule rule = draft.done();

        assertThat(rule.saysTheSameAs(rule.as("other").stored(9, SESSION))).isTrue();
        assertThat(Stream.of(
                                draft.when(new Condition.IsClient(Set.of("bank")))
                                        .done(),
                                draft.demand(Demand.of(false)).done(),
                                draft.strength(Strength.NO_SMS).done(),
                                draft.state(State.REPORT_ONLY).done(),
                                draft.takesEffect(TakesEffect.NEXT_REFRESH).done(),
                                draft.validUntil(Instant.MAX).done())
                        .map(rule::saysTheSameAs))
                .containsOnly(false);
    }

    @ParameterizedTest
    @EnumSource(names = "ENFORCED", mode = EnumSource.Mode.EXCLUDE)
    void aRuleThatIsNotEnforcedNeverDecides(State state) {
        assertThat(skipped(required("r", global()).state(state), Visitor.ann())).contains("state " + state);
    }

    @Test
    void aRuleEndsAtItsLastMomentNotAfterIt() {
        Draft rule = off("r", user(Visitor.ID));

        assertThat(skipped(rule.validUntil(Visitor.NOW.plusMillis(1)), Visitor.ann()))
                .isEmpty();
        assertThat(skipped(rule.validUntil(Visitor.NOW), Visitor.ann())).contains("ended");
        assertThat(skipped(rule.validUntil(Visitor.NOW.minusSeconds(1)), Visitor.ann()))
                .contains("ended");
    }

    @Test
    void aRequirementEndsToo() {
        assertThat(skipped(required("r", global()).validUntil(Visitor.NOW), Visitor.ann()))
                .contains("ended");
    }

    @Test
    void aRefreshIsNotAskedForWhatARuleSaysSinceTheSessionBegan() {
        Draft rule = required("r", global()).changedAt(SESSION.plusSeconds(1));

        assertThat(skipped(rule, Visitor.ann().refreshing(SESSION))).contains("newer than the session");
    }

    @Test
    void aRefreshObeysARuleThatIsOlderThanTheSession() {
        Draft rule = required("r", global()).changedAt(SESSION.minusSeconds(1));

        assertThat(skipped(rule, Visitor.ann().refreshing(SESSION))).isEmpty();
    }

    /** Keycloak knows the start of a session to the second only: in doubt the rule counts. */
    @Test
    void aRuleOfTheSecondInWhichTheSessionBeganCounts() {
        Draft rule = required("r", global()).changedAt(SESSION.plusMillis(999));

        assertThat(skipped(rule, Visitor.ann().refreshing(SESSION))).isEmpty();
    }

    @Test
    void aRuleForTheNextRefreshCountsForOldSessions() {
        Draft rule = required("r", global()).changedAt(SESSION.plusSeconds(1)).takesEffect(TakesEffect.NEXT_REFRESH);

        assertThat(skipped(rule, Visitor.ann().refreshing(SESSION))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aSignInObeysANewRuleAtOnce(TakesEffect takesEffect) {
        Draft rule =
                required("r", global()).changedAt(Visitor.NOW.plusSeconds(5)).takesEffect(takesEffect);

        assertThat(skipped(rule, Visitor.ann())).isEmpty();
    }

    @Test
    void aRuleIsAboutThoseInItsScopeOnly() {
        Visitor ann = Visitor.ann().of("acme").in("finance");

        assertThat(List.of(
                        global(),
                        tenant("acme"),
                        group("finance"),
                        groupOf("finance", "acme"),
                        user(Visitor.ID),
                        userOf(Visitor.ID, "acme")))
                .allMatch(scope -> skipped(required("r", scope), ann).isEmpty());
        assertThat(List.of(
                        tenant("globex"),
                        tenant("ACME"),
                        group("sales"),
                        groupOf("sales", "acme"),
                        groupOf("finance", "globex"),
                        user("bob"),
                        user("Ann"),
                        userOf("bob", "acme"),
                        userOf(Visitor.ID, "globex")))
                .allMatch(scope -> skipped(required("r", scope), ann).equals(Optional.of("other scope")));
    }

    @Test
    void oneOfTheRolesIsEnough() {
        Draft rule = required("r", global()).when(new Condition.HasRole(Set.of("payer", "bank/approver")));

        assertThat(skipped(rule, Visitor.ann().as("viewer", "bank/approver"))).isEmpty();
        assertThat(skipped(rule, Visitor.ann().as("approver", "Payer"))).contains("condition roles");
        assertThat(skipped(rule, Visitor.ann().as())).contains("condition roles");
    }

    @Test
    void oneOfTheClientsIsEnough() {
        Draft rule = required("r", global()).when(new Condition.IsClient(Set.of("bank", "shop")));

        assertThat(skipped(rule, Visitor.ann().at("shop"))).isEmpty();
        assertThat(skipped(rule, Visitor.ann().at("Shop"))).contains("condition clients");
    }

    @Test
    void aLocalSignInCameByNoIdentityProvider() {
        Draft rule = required("r", global()).when(new Condition.CameBy(Set.of("corp", "partner")));

        assertThat(skipped(rule, Visitor.ann().through("partner"))).isEmpty();
        assertThat(skipped(rule, Visitor.ann().through("google"))).contains("condition identity_providers");
        assertThat(skipped(rule, Visitor.ann())).contains("condition identity_providers");
    }

    @Test
    void allConditionsMustHold() {
        Draft rule = required("r", global())
                .when(new Condition.HasRole(Set.of("payer")), new Condition.IsClient(Set.of("bank")));

        assertThat(skipped(rule, Visitor.ann().as("payer").at("bank"))).isEmpty();
        assertThat(skipped(rule, Visitor.ann().as("viewer").at("bank"))).contains("condition roles");
        assertThat(skipped(rule, Visitor.ann().as("payer").at("shop"))).contains("condition clients");
    }

    static Stream<Scope> belowGlobal() {
        return Stream.of(tenant("acme"), group("g"), groupOf("g", "acme"), user("ann"), userOf("ann", "acme"));
    }

    @ParameterizedTest
    @MethodSource("belowGlobal")
    void anExceptionNeedsAReasonAndAnEnd(Scope scope) {
        Optional<String> reason = Optional.of("ticket 7");
        Optional<Instant> end = Optional.of(Visitor.NOW);

        assertThat(make(scope, false, reason, end).demand().required()).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> make(scope, false, Optional.empty(), end))
                .withMessageContaining("needs reason and valid_until");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> make(scope, false, reason, Optional.empty()))
                .withMessageContaining("needs reason and valid_until");
        assertThat(make(scope, true, Optional.empty(), Optional.empty()).reason())
                .isEmpty();
    }

    @Test
    void theGlobalDefaultIsNoException() {
        PolicyRule rule = make(global(), false, Optional.empty(), Optional.empty());

        assertThat(rule.demand().required()).isFalse();
    }

    @Test
    void storingChangesVersionAndTimeOnly() {
        PolicyRule rule = required("r", user("ann")).maxAge(Duration.ofHours(1)).done();

        PolicyRule stored = rule.stored(9, SESSION);

        assertThat(stored.version()).isEqualTo(9);
        assertThat(stored.changedAt()).isEqualTo(SESSION);
        assertThat(stored.stored(rule.version(), rule.changedAt())).isEqualTo(rule);
    }

    @Test
    void anEmptyConditionNeverMeansAll() {
        Set<String> none = Set.of();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Condition.HasRole(none))
                .withMessage("roles is empty: an empty list never means all");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Condition.IsClient(none))
                .withMessage("clients is empty: an empty list never means all");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Condition.CameBy(none))
                .withMessage("identity_providers is empty: an empty list never means all");
    }

    @Test
    void aDemandNamesAtLeastOneMethodThatCanBeEnrolled() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Demand(true, Strength.ANY, Optional.of(Set.of()), Optional.empty(), Optional.empty()))
                .withMessageContaining("methods is empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Demand(
                        true,
                        Strength.ANY,
                        Optional.of(Set.of(Method.TOTP, Method.RECOVERY_CODE)),
                        Optional.empty(),
                        Optional.empty()))
                .withMessageContaining("RECOVERY_CODE");
    }

    @Test
    void aDemandsAgeIsPositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Demand(true, Strength.ANY, Optional.empty(), Optional.of(Duration.ZERO), Optional.empty()))
                .withMessage("max_age = 0, want at least 1 second");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Demand(
                        true, Strength.ANY, Optional.empty(), Optional.of(Duration.ofSeconds(-1)), Optional.empty()))
                .withMessage("max_age = -1, want at least 1 second");
    }

    @Test
    void aRuleBeginsWhenItSays() {
        Draft rule = required("r", global());

        assertThat(skipped(rule.validFrom(Visitor.NOW.plusMillis(1)), Visitor.ann()))
                .contains("not begun");
        assertThat(skipped(rule.validFrom(Visitor.NOW), Visitor.ann())).isEmpty();
        assertThat(rule.validFrom(Visitor.NOW.plusMillis(1))
                        .done()
                        .requirement(Visitor.ann().facts()))
                .isEmpty();
        assertThat(rule.validFrom(Visitor.NOW).done().requirement(Visitor.ann().facts()))
                .isPresent();
    }

    @Test
    void aRuleThatBeganWhileTheSessionRanIsNewerThanIt() {
        Draft began = required("r", global()).changedAt(SESSION.minusSeconds(9)).validFrom(SESSION.plusSeconds(1));
        SignInFacts refresh = Visitor.ann().refreshing(SESSION).facts();

        assertThat(began.done().skippedBecause(refresh)).contains("newer than the session");
        assertThat(began.takesEffect(TakesEffect.NEXT_REFRESH).done().skippedBecause(refresh))
                .isEmpty();
        assertThat(began.validFrom(SESSION).done().skippedBecause(refresh)).isEmpty();
        assertThat(began.validFrom(SESSION.minusSeconds(99)).done().skippedBecause(refresh))
                .isEmpty();
    }

    private static Optional<String> skipped(Draft rule, Visitor visitor) {
        return rule.done().skippedBecause(visitor.facts());
    }

    private static PolicyRule make(Scope scope, boolean required, Optional<String> reason, Optional<Instant> end) {
        return new PolicyRule(
                "r",
                "r",
                scope,
                List.of(),
                Demand.of(required),
                State.ENFORCED,
                TakesEffect.NEXT_SIGN_IN,
                reason,
                Optional.empty(),
                Optional.empty(),
                end,
                Instant.EPOCH,
                1);
    }

    static Stream<PolicyRule> rulesThatRequireItSomewhere() {
        Condition.Inside office = new Condition.Inside(
                List.of(StrictAddresses.network("10.0.0.0/8").orElseThrow()));
        return Stream.of(
                required("r", global()).done(),
                required("r", tenant("acme")).done(),
                required("r", group("finance")).done(),
                required("r", user(Visitor.ID)).done(),
                required("r", global())
                        .when(new Condition.HasRole(Set.of("payer")))
                        .done(),
                required("r", global())
                        .when(new Condition.IsClient(Set.of("elsewhere")), new Condition.CameBy(Set.of("corp")), office)
                        .done(),
                required("r", global()).validUntil(Visitor.NOW.plusSeconds(1)).done());
    }

    @ParameterizedTest
    @MethodSource("rulesThatRequireItSomewhere")
    void whatDependsOnTheSignInMayHappen(PolicyRule rule) {
        assertThat(rule.requirement(Visitor.ann().facts())).isPresent();
        assertThat(RuleIndex.of(List.of(rule)).requirements(Visitor.ann().facts(), List.of(rule)))
                .hasSize(1);
    }

    @Test
    void whatIsRequiredSomewhereSaysByWhat() {
        PolicyRule strong = required("a", global())
                .when(new Condition.IsClient(Set.of("elsewhere")))
                .strength(Strength.PHISHING_RESISTANT)
                .done();
        PolicyRule weak = required("b", global()).methods(Method.TOTP).done();

        assertThat(RuleIndex.of(List.of(strong, weak))
                        .requirements(Visitor.ann().facts(), List.of()))
                .extracting(wanted -> wanted.accepts(Method.TOTP), wanted -> wanted.accepts(Method.WEBAUTHN))
                .containsExactlyInAnyOrder(tuple(false, true), tuple(true, false));
    }

    static Stream<PolicyRule> rulesThatDoNot() {
        return Stream.of(
                off("r", global()).done(),
                required("r", global()).state(State.REPORT_ONLY).done(),
                required("r", global()).state(State.DISABLED).done(),
                required("r", global()).validUntil(Visitor.NOW).done(),
                required("r", tenant("other")).done(),
                required("r", group("other")).done(),
                required("r", user("other")).done(),
                required("r", global())
                        .when(new Condition.HasRole(Set.of("other")))
                        .done());
    }

    @ParameterizedTest
    @MethodSource("rulesThatDoNot")
    void whatIsNotAboutTheUserMayNot(PolicyRule rule) {
        assertThat(rule.requirement(Visitor.ann().facts())).isEmpty();
        assertThat(RuleIndex.of(List.of(rule)).requirements(Visitor.ann().facts(), List.of()))
                .isEmpty();
    }
}
