package io.sallyport.policy.rules;

import io.sallyport.policy.action.Action;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A policy as a document: maps, lists and scalars, as a JSON parser makes them. Names of users, groups and organizations
 * in it are the ones administrators know; the store knows their ids.
 */
public final class PolicyDocument {

    private static final Set<String> FIELDS = Set.of("rules", "actions", "revision");
    private static final String ACTIONS = "actions";
    private static final int MAX_ACTIONS = 500;
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
        return content(document, directory).rules();
    }

    /**
     * Everything in a document.
     *
     * @param document the parsed JSON
     * @param directory finds the ids behind names
     * @throws InvalidPolicy naming every problem with its path
     */
    public static Content content(@Nullable Object document, Directory directory) {
        Problems problems = new Problems();
        if (!(document instanceof Map<?, ?> map)) {
            throw problems.add("$", "want an object with rules").asException();
        }
        Node root = new Node("$", strings(map), problems);
        root.refuseUnknown(FIELDS);
        if (!map.containsKey("rules")) {
            problems.add("$.rules", "is missing, want a list");
        }
        List<PolicyRule> rules = rules(root, directory);
        Optional<List<Action>> actions = root.has(ACTIONS) ? Optional.of(actions(root)) : Optional.empty();
        if (!problems.isEmpty()) {
            throw problems.asException();
        }
        return new Content(rules, actions);
    }

    /**
     * The one action of an object.
     *
     * @throws InvalidPolicy naming every problem with its path
     */
    public static Action action(Map<?, ?> object) {
        Problems problems = new Problems();
        Optional<Action> action = ActionReader.read(new Node("$", strings(object), problems));
        if (!problems.isEmpty()) {
            throw problems.asException();
        }
        return action.orElseThrow();
    }

    private static List<PolicyRule> rules(Node root, Directory directory) {
        List<PolicyRule> rules = new ArrayList<>();
        Map<String, String> seen = new HashMap<>();
        Set<String> ids = new HashSet<>();
        for (Node node : root.objects("rules")) {
            RuleReader.read(node, directory).ifPresent(rule -> {
                String earlier = seen.putIfAbsent(rule.identity(), node.path());
                if (earlier != null) {
                    node.problem("same scope and conditions as " + earlier);
                }
                if (!ids.add(rule.id())) {
                    node.problem("id", "stands twice");
                }
                rules.add(rule);
            });
        }
        return rules;
    }

    private static List<Action> actions(Node root) {
        List<Action> actions = new ArrayList<>();
        Set<String> types = new HashSet<>();
        List<Node> nodes = root.objects(ACTIONS);
        if (nodes.size() > MAX_ACTIONS) {
            root.problem(ACTIONS, "want at most " + MAX_ACTIONS);
        }
        for (Node node : nodes) {
            ActionReader.read(node).ifPresent(action -> {
                if (!types.add(action.type())) {
                    node.problem("type", "stands twice");
                }
                actions.add(action);
            });
        }
        return actions;
    }

    /**
     * What a document holds.
     *
     * @param rules the rules
     * @param actions the catalogue of actions; absent if the document does not speak of it
     */
    public record Content(List<PolicyRule> rules, Optional<List<Action>> actions) {

        public Content {
            rules = List.copyOf(rules);
            actions = actions.map(List::copyOf);
        }
    }

    static Map<String, Object> strings(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        // null is kept as a value that no field takes: left out, it could widen a rule
        map.forEach((key, value) -> copy.put(String.valueOf(key), value == null ? NULL : value));
        return copy;
    }
}
