package io.sallyport.policy.rules;

import io.sallyport.policy.Level;
import io.sallyport.policy.SignInFacts;
import java.util.List;
import java.util.Optional;

/** Whom a rule is about. A rule about a group and a user at once cannot be expressed. */
public sealed interface Scope {

    /** The level of the resolution at which the rule stands. */
    Level level();

    /** Whether the sign-in lies in the scope. */
    boolean covers(SignInFacts facts);

    /** The ids that make the scope what it is; an organization that is left open is an empty text. */
    List<String> ids();

    /** The id of the only organization that it is about; empty if there is no such limit. */
    Optional<String> tenant();

    /** Everybody in the realm. */
    record Global() implements Scope {
        @Override
        public Level level() {
            return Level.GLOBAL;
        }

        @Override
        public List<String> ids() {
            return List.of();
        }

        @Override
        public Optional<String> tenant() {
            return Optional.empty();
        }

        @Override
        public boolean covers(SignInFacts facts) {
            return true;
        }
    }

    /** The members of one organization. */
    record Tenant(String organization) implements Scope {
        @Override
        public Level level() {
            return Level.TENANT;
        }

        @Override
        public List<String> ids() {
            return List.of(organization);
        }

        @Override
        public Optional<String> tenant() {
            return Optional.of(organization);
        }

        @Override
        public boolean covers(SignInFacts facts) {
            return facts.tenants().contains(organization);
        }
    }

    /** The members of a group and its subgroups, in all tenants or in one. */
    record Group(String group, Optional<String> organization) implements Scope {
        @Override
        public Level level() {
            return Level.GROUP;
        }

        @Override
        public List<String> ids() {
            return List.of(group, organization.orElse(""));
        }

        @Override
        public Optional<String> tenant() {
            return organization;
        }

        @Override
        public boolean covers(SignInFacts facts) {
            return facts.groups().contains(group)
                    && organization.map(facts.tenants()::contains).orElse(true);
        }
    }

    /** One user, in all tenants or in one. */
    record User(String user, Optional<String> organization) implements Scope {
        @Override
        public Level level() {
            return Level.USER;
        }

        @Override
        public List<String> ids() {
            return List.of(user, organization.orElse(""));
        }

        @Override
        public Optional<String> tenant() {
            return organization;
        }

        @Override
        public boolean covers(SignInFacts facts) {
            return facts.userId().equals(user)
                    && organization.map(facts.tenants()::contains).orElse(true);
        }
    }
}
