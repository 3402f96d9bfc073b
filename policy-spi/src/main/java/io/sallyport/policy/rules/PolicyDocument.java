package io.sallyport.policy.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A policy as a document: maps, lists and scalars, as a JSON parser makes them. Names of users, groups and organizations
 * in it are the ones administrators know; the store knows their ids.
 */
public final class PolicyDocument {

    private static final Set<String> FIELDS = Set.of("rules", "revision");
    private static final Object NULL = Void.class;

    private PolicyDocument() {}

    /**
     * The rules of a document.
     *
     * @param document the parsed JSON
     * @param directory finds the ids behind names
     * @throws InvalidPolicy naming every problem with its path
     */
    public static List<PolicyRule> parse(@Nullable Object document, Directory directory) {
        Problems problems = new Problems();
        List<PolicyRule> rules = new ArrayList<>();
        if (!(document instanceof Map<?, ?> map)) {
            throw problems.add("$", "want an object with rules").asException();
        }
        Node root = new Node("$", strings(map), problems);
        root.refuseUnknown(FIELDS);
        if (!map.containsKey("rules")) {
            problems.add("$.rules", "is missing, want a list");
        }
        Map<String, String> seen = new HashMap<>();
        Set<String> ids = new HashSet<>();
        for (Node node : root.objects("rules")) {
            RuleReader.read(node, directory).ifPresent(rule -> {
                String earlier = seen.putIfAbsent(rule.identity(), node.path());
                if (earlier != null) {
                    problems.add(node.path(), "same scope and conditions as " + earlier);
                }
                if (!ids.add(rule.id())) {
                    problems.add(node.path() + ".id", "stands twice");
                }
                rules.add(rule);
            });
        }
        if (!problems.isEmpty()) {
            throw problems.asException();
        }
        return List.copyOf(rules);
    }

    static Map<String, Object> strings(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        // null is kept as a value that no field takes: left out, it could widen a rule
        map.forEach((key, value) -> copy.put(String.valueOf(key), value == null ? NULL : value));
        return copy;
    }
}
