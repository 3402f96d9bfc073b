package io.sallyport.policy.rules;

import io.sallyport.policy.Method;
import io.sallyport.policy.Strength;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads one rule of a document. */
final class RuleReader {

    private static final Set<String> FIELDS = Set.of(
            "id",
            "name",
            "scope",
            "required",
            "strength",
            "methods",
            "when",
            "max_age",
            "state",
            "takes_effect",
            "reason",
            "valid_until",
            "version");
    private static final Set<String> CONDITIONS = Set.of("roles", "clients", "identity_providers");
    private static final Set<String> SCOPES = Set.of("organization", "group", "user");

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,36}");
    private static final int MAX_AGE = 366 * 86_400;
    private static final int MAX_NAME = 100;
    private static final int MAX_REASON = 255;

    private RuleReader() {}

    /** The rule; empty if a problem was reported. */
    static Optional<PolicyRule> read(Node node, Directory directory) {
        node.refuseUnknown(FIELDS);
        if (node.bool("required").isEmpty()) {
            node.problems().add(node.path() + ".required", "is missing, want true or false");
        }
        try {
            return Optional.of(new PolicyRule(
                    id(node),
                    bounded("name", node.text("name").orElse("unnamed"), MAX_NAME),
                    scope(node, directory),
                    conditions(node),
                    demand(node),
                    node.parsed("state", "ENFORCED, REPORT_ONLY or DISABLED", State::valueOf)
                            .orElse(State.ENFORCED),
                    node.parsed("takes_effect", "NEXT_SIGN_IN or NEXT_REFRESH", TakesEffect::valueOf)
                            .orElse(TakesEffect.NEXT_SIGN_IN),
                    node.text("reason").map(reason -> bounded("reason", reason, MAX_REASON)),
                    node.parsed("valid_until", "an ISO 8601 time in UTC", Instant::parse),
                    Instant.EPOCH,
                    node.number("version").map(Number::longValue).orElse(1L)));
        } catch (IllegalArgumentException bad) {
            node.problems().add(node.path(), String.valueOf(bad.getMessage()));
            return Optional.empty();
        }
    }

    private static String id(Node node) {
        String id = node.text("id").orElseGet(() -> UUID.randomUUID().toString());
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("id: want 1 to 36 letters, digits and dashes");
        }
        return id;
    }

    private static String bounded(String field, String text, int max) {
        if (text.length() > max) {
            throw new IllegalArgumentException(field + " has " + text.length() + " characters, want at most " + max);
        }
        return text;
    }

    private static Scope scope(Node rule, Directory directory) {
        Optional<Node> found = rule.object("scope");
        if (found.isEmpty()) {
            return new Scope.Global();
        }
        Node scope = found.get();
        scope.refuseUnknown(SCOPES);
        Optional<String> organization = named(scope, "organization", directory::organization);
        Optional<String> group = named(scope, "group", directory::group);
        Optional<String> user = named(scope, "user", directory::user);
        if (group.isPresent() && user.isPresent()) {
            throw new IllegalArgumentException("a rule is about a group or a user, not both");
        }
        if (user.isPresent()) {
            return new Scope.User(user.get(), organization);
        }
        if (group.isPresent()) {
            return new Scope.Group(group.get(), organization);
        }
        return organization
                .<Scope>map(Scope.Tenant::new)
                .orElseThrow(() -> new IllegalArgumentException(
                        "scope is empty: leave it out for everybody, or name a user, a group or an organization"));
    }

    /** A name that nobody has is refused: left out, the rule would be about everybody. */
    private static Optional<String> named(Node scope, String field, Function<String, Optional<String>> lookUp) {
        Optional<String> name = scope.text(field);
        if (name.isEmpty()) {
            return name;
        }
        return Optional.of(lookUp.apply(name.get())
                .orElseThrow(() -> new IllegalArgumentException("no " + field + " " + name.get())));
    }

    private static List<Condition> conditions(Node rule) {
        List<Condition> conditions = new ArrayList<>();
        rule.object("when").ifPresent(when -> {
            when.refuseUnknown(CONDITIONS);
            when.texts("roles").ifPresent(roles -> conditions.add(new Condition.HasRole(roles)));
            when.texts("clients").ifPresent(clients -> conditions.add(new Condition.IsClient(clients)));
            when.texts("identity_providers").ifPresent(aliases -> conditions.add(new Condition.CameBy(aliases)));
        });
        return conditions;
    }

    private static Demand demand(Node rule) {
        return new Demand(
                rule.bool("required").orElse(true),
                rule.parsed("strength", "ANY, NO_SMS or PHISHING_RESISTANT", Strength::valueOf)
                        .orElse(Strength.ANY),
                rule.texts("methods").map(RuleReader::methods),
                rule.number("max_age").map(RuleReader::maxAge));
    }

    private static Duration maxAge(Number seconds) {
        if (!(seconds instanceof Integer whole) || whole < 1 || whole > MAX_AGE) {
            throw new IllegalArgumentException("max_age = " + seconds + ", want 1 to " + MAX_AGE + " whole seconds");
        }
        return Duration.ofSeconds(whole);
    }

    private static Set<Method> methods(Set<String> names) {
        Set<Method> methods = EnumSet.noneOf(Method.class);
        for (String name : names) {
            methods.add(Method.named(name).orElseThrow(() -> new IllegalArgumentException("no method " + name)));
        }
        return methods;
    }
}
