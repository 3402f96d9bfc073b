package io.sallyport.admin;

import io.sallyport.policy.Method;
import io.sallyport.policy.rules.PolicyRule;
import io.sallyport.population.coverage.Covered;
import io.sallyport.population.coverage.Judgement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One user of a list about coverage, as JSON and as cells of a table. */
final class CoveredView {

    static final List<String> COLUMNS = List.of(
            "user_id",
            "username",
            "enrolled",
            "methods",
            "required",
            "satisfied",
            "required_somewhere",
            "satisfied_somewhere",
            "exempt",
            "exempt_reason",
            "exempt_until",
            "locked_until",
            "in_grace",
            "grace_until");

    private CoveredView() {}

    static Map<String, Object> json(Covered one) {
        Judgement standing = one.standing();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("user_id", one.id());
        map.put("username", one.username());
        map.put("enrolled", standing.enrolled());
        map.put("methods", methods(standing).toList());
        map.put("required", standing.required());
        map.put("satisfied", standing.satisfied());
        map.put("required_somewhere", standing.somewhere());
        map.put("satisfied_somewhere", standing.satisfiedSomewhere());
        map.put(
                "exempt",
                standing.exceptions().stream().map(CoveredView::exception).toList());
        one.lockedUntil().ifPresent(until -> map.put("locked_until", until.toString()));
        map.put("in_grace", standing.inGrace());
        standing.graceUntil().ifPresent(until -> map.put("grace_until", until.toString()));
        return map;
    }

    static List<String> cells(Covered one) {
        Judgement standing = one.standing();
        List<String> cells = new ArrayList<>(COLUMNS.size());
        cells.add(one.id());
        cells.add(one.username());
        cells.add(String.valueOf(standing.enrolled()));
        cells.add(methods(standing).collect(Collectors.joining(" ")));
        cells.add(String.valueOf(standing.required()));
        cells.add(String.valueOf(standing.satisfied()));
        cells.add(String.valueOf(standing.somewhere()));
        cells.add(String.valueOf(standing.satisfiedSomewhere()));
        cells.add(joined(standing, PolicyRule::id));
        cells.add(joined(standing, rule -> rule.reason().orElse("")));
        cells.add(joined(
                standing, rule -> rule.validUntil().map(Instant::toString).orElse("")));
        cells.add(text(one.lockedUntil()));
        cells.add(String.valueOf(standing.inGrace()));
        cells.add(text(standing.graceUntil()));
        return cells;
    }

    private static Stream<String> methods(Judgement standing) {
        return standing.methods().stream().sorted().map(Method::name);
    }

    private static Map<String, Object> exception(PolicyRule rule) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("rule", rule.id());
        map.put("reason", rule.reason().orElse(""));
        map.put("valid_until", rule.validUntil().map(Instant::toString).orElse(""));
        return map;
    }

    private static String joined(Judgement standing, Function<PolicyRule, String> what) {
        return standing.exceptions().stream().map(what).collect(Collectors.joining("; "));
    }

    private static String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse("");
    }
}
