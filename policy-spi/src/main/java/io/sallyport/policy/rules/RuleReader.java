package io.sallyport.policy.rules;

import io.sallyport.policy.Grace;
import io.sallyport.policy.Strength;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads one rule of a document and reports everything that is wrong with it. */
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
            "grace",
            "state",
            "takes_effect",
            "reason",
            "owner",
            "valid_from",
            "valid_until",
            // shown by the server, taken back without effect
            "created_by",
            "created_by_name",
            "created_at",
            "changed_at",
            "version",
            "report",
            "warnings");
    private static final Set<String> SCOPES = Set.of("organization", "group", "user");
    private static final Set<String> GRACE = Set.of("days", "skips");

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,36}");
    private static final int MAX_AGE = 366 * 86_400;
    private static final int MAX_GRACE_DAYS = 90;
    private static final int MAX_GRACE_SKIPS = 100;
    private static final int MAX_NAME = 100;
    private static final int MAX_REASON = 255;

    private final Node node;
    private final Directory directory;

    private RuleReader(Node node, Directory directory) {
        this.node = node;
        this.directory = directory;
    }

    /** The rule; empty if a problem was reported. */
    static Optional<PolicyRule> read(Node node, Directory directory) {
        int before = node.problems().count();
        PolicyRule rule = new RuleReader(node, directory).rule();
        return node.problems().count() == before ? Optional.of(rule) : Optional.empty();
    }

    /** Fields with a problem have a stand-in, so that the others are looked at too. */
    private PolicyRule rule() {
        node.refuseUnknown(FIELDS);
        String id = node.text("id").orElseGet(() -> UUID.randomUUID().toString());
        if (!ID.matcher(id).matches()) {
            node.problem("id", "want 1 to 36 letters, digits and dashes");
        }
        if (!node.has("required")) {
            node.problem("required", "is missing, want true or false");
        }
        boolean required = node.bool("required").orElse(true);
        Scope scope = scope();
        Optional<String> reason = node.text("reason", MAX_REASON);
        Optional<Instant> validUntil = node.parsed("valid_until", "an ISO 8601 time in UTC", Instant::parse);
        Optional<Instant> validFrom = node.parsed("valid_from", "an ISO 8601 time in UTC", Instant::parse);
        if (validFrom.isPresent()
                && validUntil.filter(validFrom.get()::isBefore).isEmpty()
                && validUntil.isPresent()) {
            node.problem("valid_until", "is not after valid_from");
        }
        boolean exception = PolicyRule.isException(scope, required);
        Optional<String> owner = named(node, "owner", "user", directory::owner);
        if (!exception && owner.isPresent()) {
            node.problem("owner", "is for an exception");
        }
        if (exception) {
            if (!node.has("reason")) {
                node.problem("reason", "is missing: an exception says why");
            }
            if (!node.has("valid_until")) {
                node.problem("valid_until", "is missing: an exception ends by itself");
            }
        }
        return new PolicyRule(
                id,
                node.text("name", MAX_NAME).orElse("unnamed"),
                scope,
                node.object("when")
                        .map(when -> Conditions.read(when, directory))
                        .orElse(List.of()),
                demand(required),
                node.parsed("state", "ENFORCED, REPORT_ONLY or DISABLED", State::valueOf)
                        .orElse(State.ENFORCED),
                node.parsed("takes_effect", "NEXT_SIGN_IN or NEXT_REFRESH", TakesEffect::valueOf)
                        .orElse(TakesEffect.NEXT_SIGN_IN),
                exception ? Optional.of(reason.orElse("")) : reason,
                owner,
                validFrom,
                exception ? Optional.of(validUntil.orElse(Instant.MAX)) : validUntil,
                Instant.EPOCH,
                node.whole("version", 1, Integer.MAX_VALUE).orElse(1));
    }

    private Scope scope() {
        if (!node.has("scope")) {
            return new Scope.Global();
        }
        Optional<Node> found = node.object("scope");
        if (found.isEmpty()) {
            return new Scope.Global();
        }
        Node scope = found.get();
        scope.refuseUnknown(SCOPES);
        Optional<String> organization = named(scope, "organization", "organization", directory::organization);
        Optional<String> group = named(scope, "group", "group", directory::group);
        Optional<String> user = named(scope, "user", "user", directory::user);
        if (scope.has("group") && scope.has("user")) {
            scope.problem("a rule is about a group or a user, not both");
        }
        if (user.isPresent()) {
            return new Scope.User(user.get(), organization);
        }
        if (group.isPresent()) {
            return new Scope.Group(group.get(), organization);
        }
        if (organization.isPresent()) {
            return new Scope.Tenant(organization.get());
        }
        if (SCOPES.stream().noneMatch(scope::has)) {
            scope.problem("is empty: leave it out for everybody, or name a user, a group or an organization");
        }
        return new Scope.Global();
    }

    /** A name that nobody has is refused: left out, the rule would be about everybody. */
    private static Optional<String> named(
            Node node, String field, String kind, Function<String, Optional<String>> lookUp) {
        return node.text(field).flatMap(name -> {
            Optional<String> id = lookUp.apply(name);
            if (id.isEmpty()) {
                node.problem(field, "no " + kind + " " + name);
            }
            return id;
        });
    }

    private Demand demand(boolean required) {
        if (!required && node.has("grace")) {
            node.problem("grace", "is for a rule that requires MFA");
        }
        return new Demand(
                required,
                node.parsed("strength", "ANY, NO_SMS or PHISHING_RESISTANT", Strength::valueOf)
                        .orElse(Strength.ANY),
                node.methods("methods"),
                node.whole("max_age", 1, MAX_AGE).map(Duration::ofSeconds),
                node.object("grace").flatMap(RuleReader::grace));
    }

    private static Optional<Grace> grace(Node grace) {
        grace.refuseUnknown(GRACE);
        if (GRACE.stream().noneMatch(grace::has)) {
            grace.problem("is empty, want days, skips or both");
        }
        Optional<Duration> time = grace.whole("days", 1, MAX_GRACE_DAYS).map(Duration::ofDays);
        Optional<Integer> skips = grace.whole("skips", 1, MAX_GRACE_SKIPS);
        return time.isEmpty() && skips.isEmpty() ? Optional.empty() : Optional.of(new Grace(time, skips));
    }
}
