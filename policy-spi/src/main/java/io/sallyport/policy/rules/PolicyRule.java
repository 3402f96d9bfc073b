package io.sallyport.policy.rules;

import io.sallyport.policy.Requirement;
import io.sallyport.policy.SignInFacts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One rule of the policy.
 *
 * @param id stable identity
 * @param name what administrators call it
 * @param scope whom it is about
 * @param when conditions that must all hold
 * @param demand what it asks for
 * @param state whether it decides
 * @param takesEffect from when on it counts for sessions older than it
 * @param reason why it exists; needed for an exception
 * @param owner id of who answers for an exception, and is reminded of its end; absent means whoever made it
 * @param validFrom when it begins by itself; absent means at once
 * @param validUntil when it ends by itself; needed for an exception
 * @param changedAt when it was made or last changed
 * @param version counts its changes, from 1
 */
public record PolicyRule(
        String id,
        String name,
        Scope scope,
        List<Condition> when,
        Demand demand,
        State state,
        TakesEffect takesEffect,
        Optional<String> reason,
        Optional<String> owner,
        Optional<Instant> validFrom,
        Optional<Instant> validUntil,
        Instant changedAt,
        long version) {

    public PolicyRule {
        when = List.copyOf(when);
        if (isException(scope, demand.required()) && (reason.isEmpty() || validUntil.isEmpty())) {
            throw new IllegalArgumentException(
                    "required = false below the global level is an exception: it needs reason and valid_until");
        }
    }

    /** The rule as it was stored: its version and the time of its last change come from there, not from a document. */
    public PolicyRule stored(long storedVersion, Instant at) {
        return new PolicyRule(
                id,
                name,
                scope,
                when,
                demand,
                state,
                takesEffect,
                reason,
                owner,
                validFrom,
                validUntil,
                at,
                storedVersion);
    }

    /** The same rule under the id of another. */
    PolicyRule as(String otherId) {
        return new PolicyRule(
                otherId,
                name,
                scope,
                when,
                demand,
                state,
                takesEffect,
                reason,
                owner,
                validFrom,
                validUntil,
                changedAt,
                version);
    }

    /** The same rule in another state. */
    public PolicyRule in(State other) {
        return new PolicyRule(
                id,
                name,
                scope,
                when,
                demand,
                other,
                takesEffect,
                reason,
                owner,
                validFrom,
                validUntil,
                changedAt,
                version);
    }

    /** The same rule with other names in its conditions of one kind. */
    public PolicyRule renaming(String condition, UnaryOperator<String> names) {
        return new PolicyRule(
                id,
                name,
                scope,
                when.stream()
                        .map(each -> each.name().equals(condition) ? each.renaming(names) : each)
                        .toList(),
                demand,
                state,
                takesEffect,
                reason,
                owner,
                validFrom,
                validUntil,
                changedAt,
                version);
    }

    /** Whether it differs in nothing but id, version and age. */
    boolean saysTheSameAs(PolicyRule other) {
        return other.identity().equals(identity())
                && new PolicyRule(
                                id,
                                other.name,
                                scope,
                                when,
                                other.demand,
                                other.state,
                                other.takesEffect,
                                other.reason,
                                other.owner,
                                other.validFrom,
                                other.validUntil,
                                changedAt,
                                version)
                        .equals(this);
    }

    /**
     * What there is one rule of: the scope and the conditions, in an order of their own, so that two rules with the same
     * ones have the same text however they were written.
     */
    public String identity() {
        StringBuilder text = new StringBuilder(scope.getClass().getSimpleName());
        Consumer<String> append =
                part -> text.append(' ').append(part.length()).append(':').append(part);
        scope.ids().forEach(append);
        when.stream().sorted(Comparator.comparing(Condition::name)).forEach(condition -> {
            text.append(' ').append(condition.name());
            condition.values().forEach(append);
        });
        return text.toString();
    }

    /**
     * The version that counts for this sign-in. A session that is only refreshed goes on under what was in force when it
     * began: a change must not switch the rule off for it. If the rule was about others then, it counts as it is now.
     */
    PolicyRule judging(SignInFacts facts, PastRules past) {
        if (takesEffect == TakesEffect.NEXT_REFRESH || !newerThanSession(facts)) {
            return this;
        }
        return facts.refreshOfSessionSince()
                .flatMap(since -> past.asOf(this, since))
                .map(before -> before.scope.equals(scope) ? before : countingAt(before.changedAt))
                .orElse(this);
    }

    private PolicyRule countingAt(Instant at) {
        return stored(version, at);
    }

    /** Why the rule does not decide this sign-in; empty if it does. */
    Optional<String> skippedBecause(SignInFacts facts) {
        if (state != State.ENFORCED) {
            return Optional.of("state " + state);
        }
        if (!begun(facts.now())) {
            return Optional.of("not begun");
        }
        if (validUntil.filter(end -> !facts.now().isBefore(end)).isPresent()) {
            return Optional.of("ended");
        }
        if (takesEffect == TakesEffect.NEXT_SIGN_IN && newerThanSession(facts)) {
            return Optional.of("newer than the session");
        }
        if (!scope.covers(facts)) {
            return Optional.of("other scope");
        }
        for (Condition condition : when) {
            if (!condition.holds(facts)) {
                return Optional.of("condition " + condition.name());
            }
        }
        return Optional.empty();
    }

    /** What it requires of this user in some sign-in of his, from wherever and with whatever application. */
    Optional<Requirement> requirement(SignInFacts facts) {
        boolean concerns = demand.required()
                && state == State.ENFORCED
                && begun(facts.now())
                && validUntil.map(facts.now()::isBefore).orElse(true)
                && scope.covers(facts)
                && when.stream().filter(Condition.HasRole.class::isInstance).allMatch(role -> role.holds(facts));
        return concerns ? Optional.of(demand.requirement()) : Optional.empty();
    }

    /** Whether its time has come. */
    public boolean begun(Instant now) {
        return validFrom.map(begin -> !now.isBefore(begin)).orElse(true);
    }

    /** A rule that began by itself while a session ran is as new to it as one that was changed then. */
    private boolean newerThanSession(SignInFacts facts) {
        Instant since = validFrom.filter(changedAt::isBefore).orElse(changedAt).truncatedTo(ChronoUnit.SECONDS);
        return facts.refreshOfSessionSince().filter(since::isAfter).isPresent();
    }

    /** Whether it takes a requirement away from some. */
    public boolean isException() {
        return isException(scope, demand.required());
    }

    /** A rule that takes a requirement away from some; it says why, and ends. */
    static boolean isException(Scope scope, boolean required) {
        return !required && !(scope instanceof Scope.Global);
    }
}
