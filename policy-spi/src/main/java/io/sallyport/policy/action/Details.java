package io.sallyport.policy.action;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The details of one action, each of them declared, exact and displayable: what is approved is what was shown. */
public final class Details {

    private static final int MAX_TEXT = 500;
    private static final int MAX_TEXTS = 50;
    private static final int MAX_SCALE = 16;
    /** IEEE 754: every whole number up to here is exactly one double (RFC 8785 §3.2.2.3, RFC 7493 §2.2). */
    private static final BigDecimal MAX_EXACT = BigDecimal.valueOf((1L << 53) - 1);

    private final Action action;
    private final Map<String, Object> values;

    private Details(Action action, Map<String, Object> values) {
        this.action = action;
        this.values = values;
    }

    /**
     * The details of an action.
     *
     * @param given parsed JSON: texts, booleans, lists, numbers without loss (no {@code Double})
     * @throws InvalidDetails naming everything that is wrong
     */
    public static Details of(Action action, Map<String, ?> given) {
        List<String> problems = new ArrayList<>();
        Set<String> known = action.fields().stream().map(Field::name).collect(Collectors.toSet());
        given.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> problems.add(Visible.text(name) + ": unknown field"));
        Map<String, Object> values = new TreeMap<>();
        for (Field field : action.fields()) {
            Object value = given.get(field.name());
            if (value == null) {
                if (field.required() || given.containsKey(field.name())) {
                    problems.add(field.name() + ": is missing");
                }
                continue;
            }
            problemWith(field.kind(), value)
                    .ifPresentOrElse(
                            problem -> problems.add(field.name() + ": " + problem),
                            () -> values.put(field.name(), kept(value)));
        }
        if (!problems.isEmpty()) {
            throw new InvalidDetails(problems);
        }
        return new Details(action, values);
    }

    /** The values by name, in the order of names. */
    public Map<String, Object> values() {
        return new TreeMap<>(values);
    }

    /** What people see, by field, in the order of the catalogue; of a list each text by itself. */
    public Map<String, List<String>> shown() {
        Map<String, List<String>> shown = new LinkedHashMap<>();
        action.fields().stream()
                .filter(Field::shown)
                .map(Field::name)
                .filter(values::containsKey)
                .forEach(name -> shown.put(
                        name,
                        values.get(name) instanceof List<?> list
                                ? list.stream()
                                        .map(String::valueOf)
                                        .map(Visible::text)
                                        .toList()
                                : List.of(visible(name))));
        return shown;
    }

    /** One value as people see it beside others, where only quotation marks tell where a text ends. */
    public String told(String name) {
        return values.get(name) instanceof String text ? Visible.quoted(text) : visible(name);
    }

    /** One value as people see it; the texts of a list are quoted. */
    String visible(String name) {
        Object value = Optional.ofNullable(values.get(name))
                .orElseThrow(() -> new IllegalStateException("no value of " + name));
        if (value instanceof List<?> list) {
            return list.stream().map(one -> Visible.quoted(String.valueOf(one))).collect(Collectors.joining(", "));
        }
        return Visible.text(value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value));
    }

    /** A number is kept without zeros that its one spelling (RFC 8785 §3.2.2.3) does not have: what is shown is what is hashed. */
    private static Object kept(Object value) {
        if (value instanceof BigDecimal number) {
            return number.stripTrailingZeros();
        }
        return value instanceof List<?> list ? List.copyOf(list) : value;
    }

    private static Optional<String> problemWith(Field.Kind kind, Object value) {
        return switch (kind) {
            case TEXT -> problemWithText(value);
            case BOOLEAN -> value instanceof Boolean ? Optional.empty() : Optional.of("want true or false");
            case NUMBER -> problemWithNumber(value);
            case TEXTS -> problemWithTexts(value);
        };
    }

    private static Optional<String> problemWithText(Object value) {
        if (!(value instanceof String text) || text.isBlank() || text.length() > MAX_TEXT) {
            return Optional.of("want a text of 1 to " + MAX_TEXT + " characters");
        }
        if (text.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE)) {
            return Optional.of("has half a character");
        }
        // Unicode UAX #15: two spellings of one text would have two hashes
        return Normalizer.isNormalized(text, Normalizer.Form.NFC)
                ? Optional.empty()
                : Optional.of("is not in Unicode normalization form C");
    }

    private static Optional<String> problemWithTexts(Object value) {
        if (!(value instanceof List<?> list) || list.isEmpty() || list.size() > MAX_TEXTS) {
            return Optional.of("want a list of 1 to " + MAX_TEXTS + " texts");
        }
        Set<Object> seen = new HashSet<>();
        return list.stream()
                .flatMap(one -> seen.add(one) ? problemWithText(one).stream() : List.of("has a text twice").stream())
                .findFirst();
    }

    private static Optional<String> problemWithNumber(Object value) {
        Optional<BigDecimal> number = exact(value);
        if (number.isEmpty()) {
            return Optional.of("want a number");
        }
        BigDecimal given = number.get();
        boolean kept = given.abs().compareTo(MAX_EXACT) <= 0
                && given.scale() <= MAX_SCALE
                && new BigDecimal(String.valueOf(given.doubleValue())).compareTo(given) == 0;
        return kept ? Optional.empty() : Optional.of("has more digits than a number keeps; send it as a text");
    }

    private static Optional<BigDecimal> exact(Object value) {
        if (value instanceof BigDecimal number) {
            return Optional.of(number);
        }
        if (value instanceof BigInteger number) {
            return Optional.of(new BigDecimal(number));
        }
        return value instanceof Integer || value instanceof Long
                ? Optional.of(BigDecimal.valueOf(((Number) value).longValue()))
                : Optional.empty();
    }
}
