package io.sallyport.policy.rules;

import io.sallyport.policy.Method;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One object of a document: reads typed fields and reports what does not fit.
 *
 * @param path where it stands
 * @param fields its fields
 * @param problems where problems go
 */
record Node(String path, Map<String, Object> fields, Problems problems) {

    void refuseUnknown(Set<String> known) {
        fields.keySet().stream().filter(name -> !known.contains(name)).forEach(name -> problem(name, "unknown field"));
    }

    /** Whether the field is there, whatever it holds. */
    boolean has(String name) {
        return fields.containsKey(name);
    }

    void problem(String problem) {
        problems.add(path, problem);
    }

    void problem(String field, String problem) {
        problems.add(path + "." + field, problem);
    }

    /** A text of at most so many characters. */
    Optional<String> text(String name, int max) {
        return text(name).filter(text -> {
            boolean tooLong = text.length() > max;
            if (tooLong) {
                problem(name, "has " + text.length() + " characters, want at most " + max);
            }
            return !tooLong;
        });
    }

    Optional<String> text(String name) {
        return field(name, String.class, "want a text").filter(text -> {
            if (text.isBlank()) {
                problem(name, "is blank");
                return false;
            }
            if (text.chars().anyMatch(Character::isISOControl)) {
                problem(name, "has control characters");
                return false;
            }
            return true;
        });
    }

    Optional<Boolean> bool(String name) {
        return field(name, Boolean.class, "want true or false");
    }

    Optional<Integer> whole(String name, int least, int most) {
        String wanted = "want a whole number from " + least + " to " + most;
        return field(name, Number.class, wanted).flatMap(number -> {
            if (number instanceof Integer whole && whole >= least && whole <= most) {
                return Optional.of(whole);
            }
            problem(name, number + ", " + wanted);
            return Optional.empty();
        });
    }

    Optional<Node> object(String name) {
        return field(name, Map.class, "want an object")
                .map(map -> new Node(path + "." + name, PolicyDocument.strings(map), problems));
    }

    List<Node> objects(String name) {
        List<Node> nodes = new ArrayList<>();
        int index = 0;
        for (Object element : field(name, List.class, "want a list").orElse(List.of())) {
            String at = path + "." + name + "[" + index++ + "]";
            if (element instanceof Map<?, ?> map) {
                nodes.add(new Node(at, PolicyDocument.strings(map), problems));
            } else {
                problems.add(at, "want an object");
            }
        }
        return nodes;
    }

    /** A list of distinct texts; an empty list is a problem, because it never means all. */
    Optional<Set<String>> texts(String name) {
        return field(name, List.class, "want a list").flatMap(list -> {
            Set<String> texts = new LinkedHashSet<>();
            for (Object element : list) {
                if (!(element instanceof String text) || text.isBlank() || !texts.add(text)) {
                    problem(name, "want distinct texts");
                    return Optional.empty();
                }
            }
            if (texts.isEmpty()) {
                problem(name, "is empty: an empty list never means all");
                return Optional.empty();
            }
            return Optional.of(texts);
        });
    }

    /** A list of methods that can be enrolled. */
    Optional<Set<Method>> methods(String name) {
        Set<Method> methods = EnumSet.noneOf(Method.class);
        for (String text : texts(name).orElse(Set.of())) {
            Optional<Method> method = Method.named(text).filter(Method::enrollable);
            method.ifPresentOrElse(methods::add, () -> problem(name, text + ": want TOTP, WEBAUTHN or SMS_OTP"));
        }
        return Optional.of(methods).filter(some -> !some.isEmpty());
    }

    /** The text field read by a parser that throws {@link IllegalArgumentException} for what it doesn't know. */
    <T> Optional<T> parsed(String name, String wanted, Function<String, T> parser) {
        return text(name).flatMap(text -> {
            try {
                return Optional.of(parser.apply(text));
            } catch (IllegalArgumentException | DateTimeException bad) {
                problem(name, "want " + wanted);
                return Optional.empty();
            }
        });
    }

    private <T> Optional<T> field(String name, Class<T> type, String wanted) {
        Object value = fields.get(name);
        if (value != null && !type.isInstance(value)) {
            problem(name, wanted);
            return Optional.empty();
        }
        return Optional.ofNullable(type.cast(value));
    }
}
