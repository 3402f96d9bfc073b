package io.sallyport.policy.rules;

import io.sallyport.policy.Grace;
import io.sallyport.policy.Method;
import io.sallyport.policy.Strength;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A rule in the making, for tests: enforced, old, in no need of conditions, and an exception for a year if it is one. */
record Draft(
        String id,
        Scope scope,
        Demand demand,
        List<Condition> when,
        State state,
        TakesEffect takesEffect,
        Optional<Instant> validFrom,
        Optional<Instant> validUntil,
        Instant changedAt) {

    static final Instant LONG_AGO = Visitor.NOW.minus(Duration.ofDays(100));

    static Draft rule(String id, Scope scope, boolean required) {
        return new Draft(
                id,
                scope,
                Demand.of(required),
                List.of(),
                State.ENFORCED,
                TakesEffect.NEXT_SIGN_IN,
                Optional.empty(),
                Optional.of(Visitor.NOW.plus(Duration.ofDays(365))),
                LONG_AGO);
    }

    static Draft required(String id, Scope scope) {
        return rule(id, scope, true);
    }

    static Draft off(String id, Scope scope) {
        return rule(id, scope, false);
    }

    static Scope global() {
        return new Scope.Global();
    }

    static Scope tenant(String organization) {
        return new Scope.Tenant(organization);
    }

    static Scope group(String group) {
        return new Scope.Group(group, Optional.empty());
    }

    static Scope groupOf(String group, String organization) {
        return new Scope.Group(group, Optional.of(organization));
    }

    static Scope user(String user) {
        return new Scope.User(user, Optional.empty());
    }

    static Scope userOf(String user, String organization) {
        return new Scope.User(user, Optional.of(organization));
    }

    Draft strength(Strength strength) {
        return demand(new Demand(demand.required(), strength, demand.methods(), demand.maxAge(), demand.grace()));
    }

    Draft methods(Method... methods) {
        return demand(new Demand(
                demand.required(), demand.strength(), Optional.of(Set.of(methods)), demand.maxAge(), demand.grace()));
    }

    Draft maxAge(Duration age) {
        return demand(
                new Demand(demand.required(), demand.strength(), demand.methods(), Optional.of(age), demand.grace()));
    }

    Draft grace(Grace grace) {
        return demand(new Demand(
                demand.required(), demand.strength(), demand.methods(), demand.maxAge(), Optional.of(grace)));
    }

    Draft demand(Demand other) {
        return new Draft(id, scope, other, when, state, takesEffect, validFrom, validUntil, changedAt);
    }

    Draft when(Condition... conditions) {
        return new Draft(id, scope, demand, List.of(conditions), state, takesEffect, validFrom, validUntil, changedAt);
    }

    Draft state(State other) {
        return new Draft(id, scope, demand, when, other, takesEffect, validFrom, validUntil, changedAt);
    }

    Draft takesEffect(TakesEffect other) {
        return new Draft(id, scope, demand, when, state, other, validFrom, validUntil, changedAt);
    }

    Draft validUntil(Instant end) {
        return new Draft(id, scope, demand, when, state, takesEffect, validFrom, Optional.of(end), changedAt);
    }

    Draft validFrom(Instant begin) {
        return new Draft(id, scope, demand, when, state, takesEffect, Optional.of(begin), validUntil, changedAt);
    }

    Draft changedAt(Instant at) {
        return new Draft(id, scope, demand, when, state, takesEffect, validFrom, validUntil, at);
    }

    PolicyRule done() {
        return new PolicyRule(
                id,
                "name of " + id,
                scope,
                when,
                demand,
                state,
                takesEffect,
                Optional.of("ticket 7"),
                Optional.empty(),
                validFrom,
                validUntil,
                changedAt,
                3);
    }
}
