package io.sallyport.policy.rules;

import io.sallyport.policy.SignInFacts;
import java.util.Collections;
import java.util.Set;

/** One "when" of a rule; a rule whose conditions do not all hold is skipped, as if absent. */
public sealed interface Condition {

    /** Whether the sign-in fulfils the condition. */
    boolean holds(SignInFacts facts);

    /** What the trace calls it. */
    String name();

    /** The user has at least one of these roles. */
    record HasRole(Set<String> anyOf) implements Condition {
        public HasRole {
            anyOf = notEmpty("roles", anyOf);
        }

        @Override
        public boolean holds(SignInFacts facts) {
            return !Collections.disjoint(facts.roles(), anyOf);
        }

        @Override
        public String name() {
            return "roles";
        }
    }

    /** The application is one of these. */
    record IsClient(Set<String> anyOf) implements Condition {
        public IsClient {
            anyOf = notEmpty("clients", anyOf);
        }

        @Override
        public boolean holds(SignInFacts facts) {
            return anyOf.contains(facts.clientId());
        }

        @Override
        public String name() {
            return "clients";
        }
    }

    /** One of these identity providers vouched for the user. */
    record CameBy(Set<String> anyOf) implements Condition {
        public CameBy {
            anyOf = notEmpty("identity_providers", anyOf);
        }

        @Override
        public boolean holds(SignInFacts facts) {
            return facts.identityProvider().map(anyOf::contains).orElse(false);
        }

        @Override
        public String name() {
            return "identity_providers";
        }
    }

    private static Set<String> notEmpty(String name, Set<String> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(name + " is empty: an empty list never means all");
        }
        return Set.copyOf(values);
    }
}
