package io.sallyport.benchmarks;

import io.sallyport.policy.Method;
import io.sallyport.policy.Network;
import io.sallyport.policy.SignInFacts;
import io.sallyport.policy.address.StrictAddresses;
import io.sallyport.policy.rules.Condition;
import io.sallyport.policy.rules.Demand;
import io.sallyport.policy.rules.PolicyRule;
import io.sallyport.policy.rules.Scope;
import io.sallyport.policy.rules.State;
import io.sallyport.policy.rules.TakesEffect;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Kinds of policies, as large as wanted, and the people who sign in under them; the same every time. */
public enum Mix {
    /** Rules of groups, of groups in one tenant, of tenants and of all, each with one condition or two. */
    EVERYTHING {
        @Override
        PolicyRule rule(int i, int of) {
            int n = i / 10;
            return switch (i % 10) {
                case 0 -> rule(i, new Scope.Group("group-" + n, Optional.empty()), client(n));
                case 1 -> rule(i, new Scope.Group("group-" + n, Optional.empty()), role(n));
                case 2 -> rule(i, new Scope.Group("group-" + n, Optional.of("tenant-" + n)), inside(n));
                case 3 -> rule(i, new Scope.Tenant("tenant-" + n), client(n));
                case 4 -> rule(i, new Scope.Tenant("tenant-" + n), role(n), inside(n));
                case 5 -> rule(i, new Scope.Global(), client(n));
                case 6 -> rule(i, new Scope.Global(), client(n), role(n));
                case 7 -> rule(i, new Scope.Global(), role(n));
                case 8 -> rule(i, new Scope.Global(), client(n), inside(n));
                default -> rule(i, new Scope.Global(), client(n), outside(n));
            };
        }
    },
    /** Rules for all, each for a client of its own. */
    CLIENTS {
        @Override
        PolicyRule rule(int i, int of) {
            return rule(i, new Scope.Global(), client(i));
        }
    },
    /** Rules for all, each for a role of its own. */
    ROLES {
        @Override
        PolicyRule rule(int i, int of) {
            return rule(i, new Scope.Global(), role(i));
        }
    },
    /** Rules for all, each for a network of its own and nothing else, of both families and many lengths. */
    NETWORKS {
        @Override
        PolicyRule rule(int i, int of) {
            return rule(i, new Scope.Global(), inside(i));
        }
    },
    /** Rules for all and the same client, each for a role of its own. */
    ONE_CLIENT {
        @Override
        PolicyRule rule(int i, int of) {
            return rule(i, new Scope.Global(), client(0), role(i));
        }
    },
    /** Rules of one group, each in a tenant of its own. */
    ONE_GROUP {
        @Override
        PolicyRule rule(int i, int of) {
            return rule(i, new Scope.Group("group-0", Optional.of("tenant-" + i)));
        }
    };

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final int ROLES_OF_A_USER = 10;
    private static final int GROUPS_OF_A_USER = 10;

    abstract PolicyRule rule(int i, int of);

    List<PolicyRule> rules(int count) {
        return IntStream.range(0, count).mapToObj(i -> rule(i, count)).toList();
    }

    /** Different people at different applications: 10 roles, 10 groups, 1 to 3 tenants and an address each. */
    List<SignInFacts> signIns(int rules, int count) {
        Random random = new Random(rules);
        int names = this == EVERYTHING ? names(rules) : rules;
        IntFunction<String> number = most -> "-" + random.nextInt(most);
        return IntStream.range(0, count)
                .mapToObj(i -> new SignInFacts(
                        "user-" + i,
                        some(1 + random.nextInt(3), () -> "tenant" + number.apply(names)),
                        some(GROUPS_OF_A_USER, () -> "group" + number.apply(Math.max(names, 100))),
                        some(ROLES_OF_A_USER, () -> "role" + number.apply(Math.max(names, 100))),
                        this == ONE_CLIENT ? "client-0" : "client" + number.apply(names),
                        Optional.of(network(random.nextInt(rules)).first()),
                        Optional.empty(),
                        Set.of(Method.TOTP),
                        Set.of(Method.TOTP, Method.WEBAUTHN),
                        Optional.empty(),
                        NOW))
                .toList();
    }

    static PolicyRule rule(int i, Scope scope, Condition... when) {
        return new PolicyRule(
                "%08d-0000-4000-8000-000000000000".formatted(i),
                "rule " + i,
                scope,
                List.of(when),
                Demand.of(true),
                State.ENFORCED,
                TakesEffect.NEXT_SIGN_IN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                NOW.minusSeconds(i),
                1);
    }

    /** So many of each name are in a mix of so many rules. */
    static int names(int rules) {
        return Math.max(10, rules / 10);
    }

    static Condition client(int i) {
        return new Condition.IsClient(Set.of("client-" + i));
    }

    static Condition role(int i) {
        return new Condition.HasRole(Set.of("role-" + i));
    }

    static Condition inside(int i) {
        return new Condition.Inside(List.of(network(i)));
    }

    static Condition outside(int i) {
        return new Condition.Outside(List.of(network(i)));
    }

    /** Lengths of 24 to 32 bits in one family and of 56 to 64 in the other. */
    static Network network(int i) {
        String text = i % 2 == 0
                ? "%d.%d.%d.0/%d".formatted(10 + (i >> 16), (i >> 8) & 255, i & 255, 24 + i / 2 % 9)
                : "2001:db8:%x:%x::/%d".formatted(i & 0xffff, (i >> 16) << 8, 56 + i / 2 % 9);
        return StrictAddresses.network(text).orElseThrow(() -> new IllegalStateException(text));
    }

    private static Set<String> some(int count, Supplier<String> name) {
        Set<String> some = new HashSet<>();
        while (some.size() < count) {
            some.add(name.get());
        }
        return some;
    }
}
