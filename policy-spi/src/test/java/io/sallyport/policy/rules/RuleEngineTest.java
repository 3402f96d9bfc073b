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

import io.sallyport.policy.Grace;
import io.sallyport.policy.Level;
import io.sallyport.policy.Method;
import io.sallyport.policy.Reason;
import io.sallyport.policy.Requirement;
import io.sallyport.policy.SignInFacts;
import io.sallyport.policy.Strength;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RuleEngineTest {

    private static final Set<Method> EVERY_METHOD = Set.of(Method.TOTP, Method.WEBAUTHN, Method.SMS_OTP);

    @Test
    void withoutRulesMfaIsNotRequired() {
        Resolution resolution = resolve(Visitor.ann());

        assertThat(resolution).isInstanceOf(Resolution.NotRequired.class);
        assertThat(resolution.reasons()).containsExactly(Reason.of("no rule matches"));
        assertThat(resolution.trace().entries()).isEmpty();
    }

    @Test
    void aPlainRuleAcceptsEveryMethodForTheLifeOfTheSession() {
        Requirement requirement = requirement(Visitor.ann(), required("r", global()));

        assertThat(requirement).isEqualTo(new Requirement(Strength.ANY, EVERY_METHOD, Optional.empty()));
    }

    @Test
    void theReasonSaysWhatTheRuleIsCalled() {
        Resolution resolution = resolve(Visitor.ann(), required("r", tenant("acme")));

        assertThat(resolution.reasons())
                .containsExactly(new Reason(Optional.of(Level.TENANT), Optional.of("r"), 3, "name of r"));
    }

    @Test
    void eachReasonSaysTheGraceOfItsOwnRule() {
        Grace days = new Grace(Optional.of(Duration.ofDays(7)), Optional.empty());
        Grace skips = new Grace(Optional.empty(), Optional.of(3));

        Resolution resolution = resolve(
                Visitor.ann().in("a", "b", "c"),
                required("1", group("a")).grace(days),
                required("2", group("b")).grace(skips),
                required("3", group("c")));

        assertThat(resolution.reasons())
                .extracting(Reason::grace)
                .containsExactly(Optional.of(days), Optional.of(skips), Optional.empty());
    }

    @Test
    void requiredWinsOverAnyNumberOfExceptionsOfTheSameLevel() {
        Resolution resolution = resolve(
                Visitor.ann().in("a", "b", "c"), off("1", group("a")), required("2", group("b")), off("3", group("c")));

        assertThat(resolution).isInstanceOf(Resolution.Required.class);
        assertThat(deciding(resolution)).containsExactly("2");
    }

    @Test
    void exceptionsOfOneLevelAllStandAsReasons() {
        Resolution resolution = resolve(Visitor.ann().in("a", "b"), off("2", group("b")), off("1", group("a")));

        assertThat(resolution).isInstanceOf(Resolution.NotRequired.class);
        assertThat(deciding(resolution)).containsExactly("1", "2");
    }

    @Test
    void theStrongestStrengthTheCommonMethodsAndTheSmallestAgeAreMerged() {
        Requirement requirement = requirement(
                Visitor.ann().in("a", "b", "c"),
                required("1", group("a")).strength(Strength.NO_SMS).maxAge(Duration.ofHours(8)),
                required("2", group("b")).methods(Method.TOTP, Method.WEBAUTHN).maxAge(Duration.ofHours(1)),
                required("3", group("c")).methods(Method.TOTP, Method.SMS_OTP));

        assertThat(requirement)
                .isEqualTo(new Requirement(Strength.NO_SMS, Set.of(Method.TOTP), Optional.of(Duration.ofHours(1))));
    }

    @Test
    void whatAnExceptionAsksForIsNotMerged() {
        Requirement requirement = requirement(
                Visitor.ann().in("a", "b"),
                required("1", group("a")),
                off("2", group("b"))
                        .strength(Strength.PHISHING_RESISTANT)
                        .methods(Method.WEBAUTHN)
                        .maxAge(Duration.ofSeconds(1)));

        assertThat(requirement).isEqualTo(new Requirement(Strength.ANY, EVERY_METHOD, Optional.empty()));
    }

    @Test
    void whatABroaderLevelAsksForIsNotMerged() {
        Requirement requirement = requirement(
                Visitor.ann(),
                required("1", tenant("acme")),
                required("2", global()).strength(Strength.PHISHING_RESISTANT).maxAge(Duration.ofSeconds(1)));

        assertThat(requirement).isEqualTo(new Requirement(Strength.ANY, EVERY_METHOD, Optional.empty()));
    }

    @Test
    void theStrengthTakesAwayTheMethodsThatAreTooWeak() {
        assertThat(requirement(Visitor.ann(), required("r", global()).strength(Strength.NO_SMS))
                        .methods())
                .containsExactlyInAnyOrder(Method.TOTP, Method.WEBAUTHN);
        assertThat(requirement(Visitor.ann(), required("r", global()).strength(Strength.PHISHING_RESISTANT))
                        .methods())
                .containsExactly(Method.WEBAUTHN);
    }

    @Test
    void rulesWithoutACommonMethodAreImpossible() {
        Resolution resolution = resolve(
                Visitor.ann().in("a", "b", "c"),
                required("1", group("a")).methods(Method.TOTP),
                required("2", group("b")).methods(Method.WEBAUTHN),
                off("3", group("c")));

        assertThat(resolution).isInstanceOf(Resolution.Impossible.class);
        assertThat(deciding(resolution)).containsExactly("1", "2");
    }

    @Test
    void aMethodThatIsTooWeakForTheStrengthIsImpossible() {
        Resolution resolution = resolve(
                Visitor.ann(), required("r", global()).strength(Strength.NO_SMS).methods(Method.SMS_OTP));

        assertThat(resolution).isInstanceOf(Resolution.Impossible.class);
    }

    @Test
    void anImpossibleLevelIsNotRescuedByABroaderOne() {
        Resolution resolution = resolve(
                Visitor.ann(),
                required("1", group("finance")).strength(Strength.NO_SMS).methods(Method.SMS_OTP),
                off("2", global()));

        assertThat(resolution).isInstanceOf(Resolution.Impossible.class);
    }

    @Test
    void ofSeveralTenantsTheStrictestDecides() {
        Visitor both = Visitor.ann().of("acme", "globex");

        Resolution resolution = resolve(both, off("1", tenant("acme")), required("2", tenant("globex")));

        assertThat(deciding(resolution)).containsExactly("2");
        assertThat(resolution).isInstanceOf(Resolution.Required.class);
    }

    @Test
    void aTenantThatDoesNotCountHasNoSay() {
        Resolution resolution = resolve(
                Visitor.ann().of("acme"),
                required("1", tenant("globex")),
                required("2", groupOf("finance", "globex")),
                required("3", userOf(Visitor.ID, "globex")));

        assertThat(resolution.reasons()).containsExactly(Reason.of("no rule matches"));
    }

    @Test
    void groupRulesOfCountingTenantsAndGeneralOnesAreOnePool() {
        Resolution resolution = resolve(
                Visitor.ann().of("acme", "globex"),
                off("1", groupOf("finance", "acme")),
                required("2", group("finance")).maxAge(Duration.ofHours(2)),
                required("3", groupOf("finance", "globex")).maxAge(Duration.ofHours(1)));

        assertThat(deciding(resolution)).containsExactly("2", "3");
        assertThat(requirement(resolution).maxAge()).contains(Duration.ofHours(1));
    }

    @Test
    void theUsersRuleInATenantGoesBeforeTheOneInAllTenants() {
        Resolution weaker = resolve(
                Visitor.ann(), required("general", user(Visitor.ID)), off("in acme", userOf(Visitor.ID, "acme")));
        Resolution stricter = resolve(
                Visitor.ann(), off("general", user(Visitor.ID)), required("in acme", userOf(Visitor.ID, "acme")));

        assertThat(weaker).isInstanceOf(Resolution.NotRequired.class);
        assertThat(deciding(weaker)).containsExactly("in acme");
        assertThat(stricter).isInstanceOf(Resolution.Required.class);
        assertThat(deciding(stricter)).containsExactly("in acme");
    }

    @Test
    void theUsersGeneralRuleSpeaksForTheTenantsThatHaveNoneOfTheirOwn() {
        Visitor both = Visitor.ann().of("acme", "globex");

        Resolution resolution =
                resolve(both, required("general", user(Visitor.ID)), off("in acme", userOf(Visitor.ID, "acme")));

        assertThat(resolution).isInstanceOf(Resolution.Required.class);
        assertThat(deciding(resolution)).containsExactly("general");
    }

    @Test
    void theUsersGeneralRuleIsSilentWhereEveryTenantHasItsOwn() {
        Visitor both = Visitor.ann().of("acme", "globex");

        Resolution resolution = resolve(
                both,
                required("general", user(Visitor.ID)),
                off("in acme", userOf(Visitor.ID, "acme")),
                off("in globex", userOf(Visitor.ID, "globex")));

        assertThat(resolution).isInstanceOf(Resolution.NotRequired.class);
        assertThat(deciding(resolution)).containsExactly("in acme", "in globex");
    }

    @Test
    void ofTheUsersRulesInSeveralTenantsTheStrictestDecides() {
        Visitor both = Visitor.ann().of("acme", "globex");

        Resolution resolution = resolve(
                both, off("in acme", userOf(Visitor.ID, "acme")), required("in globex", userOf(Visitor.ID, "globex")));

        assertThat(resolution).isInstanceOf(Resolution.Required.class);
        assertThat(deciding(resolution)).containsExactly("in globex");
    }

    @Test
    void aTenantsRuleThatDoesNotMatchLeavesTheUsersGeneralRuleInPlace() {
        Resolution resolution = resolve(
                Visitor.ann(),
                required("general", user(Visitor.ID)),
                off("in acme", userOf(Visitor.ID, "acme")).state(State.REPORT_ONLY));

        assertThat(resolution).isInstanceOf(Resolution.Required.class);
        assertThat(deciding(resolution)).containsExactly("general");
    }

    @Test
    void withoutATenantTheUsersGeneralRuleDecides() {
        Resolution resolution = resolve(
                Visitor.ann().of(), required("general", user(Visitor.ID)), off("in acme", userOf(Visitor.ID, "acme")));

        assertThat(deciding(resolution)).containsExactly("general");
    }

    @Test
    void theTraceNamesEveryRuleOnceInTheOrderOfResolutionWithItsReason() {
        Resolution resolution = resolve(
                Visitor.ann().refreshing(Visitor.NOW.minusSeconds(60)),
                off("z", global()),
                required("report", global()).state(State.REPORT_ONLY),
                required("disabled", group("finance")).state(State.DISABLED),
                required("ended", tenant("acme")).validUntil(Visitor.NOW),
                required("new", tenant("acme")).changedAt(Visitor.NOW.minusSeconds(30)),
                required("bob", user("bob")),
                required("client", user(Visitor.ID)).when(new Condition.IsClient(Set.of("shop"))));

        assertThat(resolution.trace().entries())
                .containsExactly(
                        new Trace.Entry("bob", Level.USER, Optional.of("other scope")),
                        new Trace.Entry("client", Level.USER, Optional.of("condition clients")),
                        new Trace.Entry("disabled", Level.GROUP, Optional.of("state DISABLED")),
                        new Trace.Entry("ended", Level.TENANT, Optional.of("ended")),
                        new Trace.Entry("new", Level.TENANT, Optional.of("newer than the session")),
                        new Trace.Entry("report", Level.GLOBAL, Optional.of("state REPORT_ONLY")),
                        new Trace.Entry("z", Level.GLOBAL, Optional.empty()));
        assertThat(deciding(resolution)).containsExactly("z");
    }

    @Test
    void theTraceShowsMatchingRulesOfLevelsThatCameTooLate() {
        Resolution resolution = resolve(Visitor.ann(), required("1", user(Visitor.ID)), required("2", global()));

        assertThat(resolution.trace().entries())
                .containsExactly(
                        new Trace.Entry("1", Level.USER, Optional.empty()),
                        new Trace.Entry("2", Level.GLOBAL, Optional.empty()));
        assertThat(deciding(resolution)).containsExactly("1");
    }

    private static Resolution resolve(Visitor visitor, Draft... drafts) {
        return RuleEngine.resolve(Stream.of(drafts).map(Draft::done).toList(), visitor.facts());
    }

    private static Requirement requirement(Visitor visitor, Draft... drafts) {
        return requirement(resolve(visitor, drafts));
    }

    private static Requirement requirement(Resolution resolution) {
        return ((Resolution.Required) resolution).requirement();
    }

    private static List<String> deciding(Resolution resolution) {
        return resolution.reasons().stream()
                .flatMap(reason -> reason.rule().stream())
                .toList();
    }

    private static final Instant SESSION = Visitor.NOW.minusSeconds(3600);

    @Test
    void aRefreshIsJudgedByWhatAChangedRuleSaidWhenTheSessionBegan() {
        PolicyRule before = Draft.required("r", Draft.global())
                .maxAge(Duration.ofSeconds(60))
                .done();
        PolicyRule now =
                Draft.required("r", Draft.global()).changedAt(Visitor.NOW).done();

        Resolution resolution = refreshed(now, (rule, at) -> Optional.of(before));

        assertThat(resolution).isInstanceOf(Resolution.Required.class);
        assertThat(((Resolution.Required) resolution).requirement().maxAge()).contains(Duration.ofSeconds(60));
    }

    @Test
    void aRefreshIsNotAskedByARuleThatThereWasNotWhenTheSessionBegan() {
        PolicyRule now =
                Draft.required("r", Draft.global()).changedAt(Visitor.NOW).done();

        assertThat(refreshed(now, PastRules.NONE)).isInstanceOf(Resolution.NotRequired.class);
    }

    @Test
    void aRuleThatWasAboutOthersCountsAsItIsNow() {
        PolicyRule before = Draft.required("r", Draft.group("others")).done();
        PolicyRule now =
                Draft.required("r", Draft.global()).changedAt(Visitor.NOW).done();

        assertThat(refreshed(now, (rule, at) -> Optional.of(before))).isInstanceOf(Resolution.Required.class);
    }

    @Test
    void aRuleForTheNextRefreshIsJudgedAsItIsNow() {
        PolicyRule before = Draft.off("r", Draft.global()).done();
        PolicyRule now = Draft.required("r", Draft.global())
                .changedAt(Visitor.NOW)
                .takesEffect(TakesEffect.NEXT_REFRESH)
                .done();

        assertThat(refreshed(now, (rule, at) -> Optional.of(before))).isInstanceOf(Resolution.Required.class);
    }

    @Test
    void aNewSignInIsJudgedByTheRuleAsItIsNow() {
        PolicyRule now =
                Draft.required("r", Draft.global()).changedAt(Visitor.NOW).done();

        Resolution resolution = RuleEngine.resolve(List.of(now), Visitor.ann().facts(), (rule, at) -> {
            throw new AssertionError("nobody asks for the past");
        });

        assertThat(resolution).isInstanceOf(Resolution.Required.class);
    }

    /** The engine and the index say the same. */
    private static Resolution refreshed(PolicyRule rule, PastRules past) {
        SignInFacts facts = Visitor.ann().refreshing(SESSION).facts();
        Resolution resolution = RuleEngine.resolve(List.of(rule), facts, past);
        assertThat(RuleIndex.of(List.of(rule)).resolve(facts, List.of(), past)).isEqualTo(resolution);
        return resolution;
    }
}
