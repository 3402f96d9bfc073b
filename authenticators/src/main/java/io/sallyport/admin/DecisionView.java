package io.sallyport.admin;

import io.sallyport.policy.Grace;
import io.sallyport.policy.PolicyDecision;
import io.sallyport.policy.Reason;
import io.sallyport.policy.Requirement;
import io.sallyport.policy.SignInFacts;
import io.sallyport.policy.rules.PolicyRule;
import io.sallyport.policy.rules.Resolution;
import io.sallyport.policy.rules.Trace;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A decision as administrators see it: the answer, its reasons, and what became of every rule. */
final class DecisionView {

    private final KeycloakDirectory directory;
    private final Map<String, String> names;
    private final SignInFacts facts;

    DecisionView(KeycloakDirectory directory, List<PolicyRule> rules, SignInFacts facts) {
        this.directory = directory;
        this.names = rules.stream().collect(Collectors.toMap(PolicyRule::id, PolicyRule::name));
        this.facts = facts;
    }

    /** With what became of every rule, or only of those that decided: there may be thousands. */
    Map<String, Object> of(Resolution resolution, boolean enforced, boolean onlyDecided) {
        PolicyDecision decision = resolution.decision(facts);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("enforced", enforced);
        view.put("decision", name(decision));
        view.put("required", resolution.match(none -> false, required -> true, impossible -> true));
        requirement(resolution).ifPresent(wanted -> put(view, wanted));
        decision.match(
                skip -> null,
                challenge -> view.put("usable", sorted(challenge.usable(), Enum::name)),
                enroll -> enroll.grace()
                        .map(grace -> view.put("grace", grace(grace)))
                        .orElse(null),
                deny -> null);
        view.put(
                "reasons",
                resolution.reasons().stream().map(DecisionView::reason).toList());
        view.put("facts", facts());
        List<Map<String, Object>> trace = trace(resolution, onlyDecided);
        view.put("trace", trace);
        if (onlyDecided) {
            view.put("left_out", resolution.trace().entries().size() - trace.size());
        }
        return view;
    }

    private List<Map<String, Object>> trace(Resolution resolution, boolean onlyDecided) {
        Set<String> deciding = resolution.reasons().stream()
                .flatMap(reason -> reason.rule().stream())
                .collect(Collectors.toSet());
        return resolution.trace().entries().stream()
                .filter(entry -> !onlyDecided || decided(entry, deciding))
                .map(entry -> entry(entry, deciding))
                .toList();
    }

    private static String name(PolicyDecision decision) {
        return decision.match(skip -> "SKIP", challenge -> "CHALLENGE", enroll -> "ENROLL", deny -> "DENY");
    }

    private static Optional<Requirement> requirement(Resolution resolution) {
        return resolution.match(
                none -> Optional.empty(), required -> Optional.of(required.requirement()), none -> Optional.empty());
    }

    private static void put(Map<String, Object> view, Requirement wanted) {
        view.put("strength", wanted.strength().name());
        view.put("methods", sorted(wanted.methods(), Enum::name));
        wanted.maxAge().ifPresent(age -> view.put("max_age", age.toSeconds()));
    }

    private static Map<String, Object> grace(Grace grace) {
        Map<String, Object> view = new LinkedHashMap<>();
        grace.time().ifPresent(time -> view.put("days", time.toDays()));
        grace.skips().ifPresent(skips -> view.put("skips", skips));
        return view;
    }

    private static Map<String, Object> reason(Reason reason) {
        Map<String, Object> view = new LinkedHashMap<>();
        reason.level().ifPresent(level -> view.put("level", level.name()));
        reason.rule().ifPresent(rule -> {
            view.put("rule", rule);
            view.put("version", reason.version());
        });
        view.put("text", reason.text());
        return view;
    }

    private Map<String, Object> entry(Trace.Entry entry, Set<String> deciding) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("rule", entry.rule());
        view.put("name", names.getOrDefault(entry.rule(), ""));
        view.put("level", entry.level().name());
        entry.skippedBecause()
                .ifPresentOrElse(
                        because -> {
                            view.put("outcome", "SKIPPED");
                            view.put("because", because);
                        },
                        () -> view.put("outcome", decided(entry, deciding) ? "DECIDED" : "OUTRANKED"));
        return view;
    }

    private static boolean decided(Trace.Entry entry, Set<String> deciding) {
        return entry.skippedBecause().isEmpty() && deciding.contains(entry.rule());
    }

    private Map<String, Object> facts() {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("user", directory.username(facts.userId()));
        view.put("organizations", sorted(facts.tenants(), directory::alias));
        view.put("groups", sorted(facts.groups(), directory::groupPath));
        view.put("roles", sorted(facts.roles(), Function.identity()));
        view.put("client", facts.clientId());
        facts.address().ifPresent(address -> view.put("address", address.text()));
        facts.identityProvider().ifPresent(alias -> view.put("identity_provider", alias));
        facts.refreshOfSessionSince().ifPresent(since -> view.put("session_since", since.toString()));
        view.put("time", facts.now().toString());
        view.put("enrolled", sorted(facts.enrolled(), Enum::name));
        view.put("available", sorted(facts.available(), Enum::name));
        return view;
    }

    private static <T> List<String> sorted(Collection<T> values, Function<T, String> text) {
        return values.stream().map(text).sorted().toList();
    }
}
