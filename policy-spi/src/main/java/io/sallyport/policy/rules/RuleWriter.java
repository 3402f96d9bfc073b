package io.sallyport.policy.rules;

import io.sallyport.policy.Grace;
import io.sallyport.policy.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Writes a rule as the object of a document that {@link PolicyDocument} reads; scopes hold ids. */
public final class RuleWriter {

    private RuleWriter() {}

    /** The rule as maps, lists and scalars. */
    public static Map<String, Object> write(PolicyRule rule) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", rule.id());
        object.put("name", rule.name());
        if (!(rule.scope() instanceof Scope.Global)) {
            object.put("scope", scope(rule.scope()));
        }
        object.put("required", rule.demand().required());
        object.put("strength", rule.demand().strength().name());
        rule.demand()
                .methods()
                .ifPresent(methods ->
                        object.put("methods", methods.stream().map(Method::name).toList()));
        rule.demand().maxAge().ifPresent(age -> object.put("max_age", Math.toIntExact(age.toSeconds())));
        rule.demand().grace().ifPresent(grace -> object.put("grace", grace(grace)));
        Map<String, Object> when = new LinkedHashMap<>();
        rule.when().forEach(condition -> when.put(condition.name(), condition.values()));
        if (!when.isEmpty()) {
            object.put("when", when);
        }
        object.put("state", rule.state().name());
        object.put("takes_effect", rule.takesEffect().name());
        rule.reason().ifPresent(reason -> object.put("reason", reason));
        rule.owner().ifPresent(owner -> object.put("owner", owner));
        rule.validFrom().ifPresent(begin -> object.put("valid_from", begin.toString()));
        rule.validUntil().ifPresent(end -> object.put("valid_until", end.toString()));
        object.put("version", rule.version());
        return object;
    }

    private static Map<String, Object> grace(Grace grace) {
        Map<String, Object> object = new LinkedHashMap<>();
        grace.time().ifPresent(time -> object.put("days", Math.toIntExact(time.toDays())));
        grace.skips().ifPresent(skips -> object.put("skips", skips));
        return object;
    }

    private static Map<String, Object> scope(Scope scope) {
        Map<String, Object> object = new LinkedHashMap<>();
        Optional<String> organization = Optional.empty();
        if (scope instanceof Scope.User user) {
            object.put("user", user.user());
            organization = user.organization();
        } else if (scope instanceof Scope.Group group) {
            object.put("group", group.group());
            organization = group.organization();
        } else if (scope instanceof Scope.Tenant tenant) {
            organization = Optional.of(tenant.organization());
        }
        organization.ifPresent(id -> object.put("organization", id));
        return object;
    }
}
