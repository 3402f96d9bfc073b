package io.sallyport.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One object of a request: reads typed fields and collects what does not fit, each with its path. A field may be missing,
 * but not null.
 */
public final class JsonFields {

    private static final int MAX_TEXT = 255;

    private final String path;
    private final Map<?, ?> fields;
    private final List<String> problems;

    private JsonFields(String path, Map<?, ?> fields, List<String> problems) {
        this.path = path;
        this.fields = fields;
        this.problems = problems;
    }

    /** The fields of a whole request, which has no others than these. */
    public static JsonFields of(Map<String, Object> request, Set<String> known) {
        JsonFields root = new JsonFields("$", request, new ArrayList<>());
        root.refuseUnknown(known);
        return root;
    }

    /** The fields of an object in this one, which has no others than these. */
    public Optional<JsonFields> object(String name, Set<String> known) {
        if (!has(name)) {
            return Optional.empty();
        }
        if (!(fields.get(name) instanceof Map<?, ?> map)) {
            problem(name, "want an object");
            return Optional.empty();
        }
        JsonFields object = new JsonFields(path + "." + name, map, problems);
        object.refuseUnknown(known);
        return Optional.of(object);
    }

    public boolean has(String name) {
        return fields.containsKey(name);
    }

    /** What the field holds, for another reader; that of a missing field and of null is a text. */
    public Object raw(String name) {
        return Optional.<Object>ofNullable(fields.get(name)).orElse("null");
    }

    public void problem(String name, String problem) {
        problems.add((name.isEmpty() ? path : path + "." + name) + ": " + problem);
    }

    /** Ends the reading if there was a problem. */
    public void refuseProblems() {
        if (!problems.isEmpty()) {
            throw new InvalidRequest(problems);
        }
    }

    /** A text for which the parser finds something. */
    public <T> Optional<T> text(String name, String wanted, Function<String, Optional<T>> parser) {
        return has(name) ? text(name, fields.get(name), wanted, parser) : Optional.empty();
    }

    /** A list of such texts, not empty and each different, with the name of each. */
    public <T> Map<T, String> texts(String name, String wanted, Function<String, Optional<T>> parser) {
        Map<T, String> names = new LinkedHashMap<>();
        if (!has(name)) {
            return names;
        }
        List<?> list = fields.get(name) instanceof List<?> given ? given : List.of();
        if (list.isEmpty()) {
            problem(name, "want a list that is not empty");
        }
        for (int i = 0; i < list.size(); i++) {
            String at = name + "[" + i + "]";
            text(at, list.get(i), wanted, parser).ifPresent(value -> {
                if (names.putIfAbsent(value, at) != null) {
                    problem(at, "stands twice");
                }
            });
        }
        return names;
    }

    /** A whole number within bounds. */
    public Optional<Integer> whole(String name, int least, int most) {
        if (!has(name)) {
            return Optional.empty();
        }
        if (fields.get(name) instanceof Integer whole && whole >= least && whole <= most) {
            return Optional.of(whole);
        }
        problem(name, "want a whole number from " + least + " to " + most);
        return Optional.empty();
    }

    private <T> Optional<T> text(
            String name, @Nullable Object value, String wanted, Function<String, Optional<T>> parser) {
        Optional<T> found = value instanceof String text && !text.isBlank() && text.length() <= MAX_TEXT
                ? parser.apply(text)
                : Optional.empty();
        if (found.isEmpty()) {
            problem(name, "want " + wanted);
        }
        return found;
    }

    private void refuseUnknown(Set<String> known) {
        fields.keySet().stream()
                .map(String::valueOf)
                .filter(name -> !known.contains(name))
                .forEach(name -> problem(name, "unknown field"));
    }
}
