package io.sallyport.resource;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Details of which no two different ones have the same canonical form, so that none passes for another. */
record ExactDetails(Map<String, Object> values) {

    ExactDetails {
        values = new TreeMap<>(values);
    }

    /** Throws IllegalArgumentException naming the field that can't be held against an approval. */
    static ExactDetails of(Map<String, ?> given) {
        Map<String, Object> values = new TreeMap<>();
        given.forEach((name, value) -> {
            if (!isText(name) || !isExact(value)) {
                throw new IllegalArgumentException("detail " + name
                        + ": want a text, a boolean, a number that a double keeps exactly, or a list of texts");
            }
            values.put(name, value instanceof List<?> list ? List.copyOf(list) : value);
        });
        return new ExactDetails(values);
    }

    private static boolean isExact(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().allMatch(ExactDetails::isText);
        }
        return value instanceof Boolean || isText(value) || (value instanceof Number number && isExact(number));
    }

    /** Half a character has no UTF-8 form: written as bytes it would become a question mark. */
    private static boolean isText(Object value) {
        return value instanceof String text
                && text.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE);
    }

    /** RFC 8785 §3.2.2.3: numbers are written as doubles, so what a double loses would not be bound. */
    private static boolean isExact(Number number) {
        try {
            BigDecimal given = new BigDecimal(number.toString());
            return new BigDecimal(String.valueOf(given.doubleValue())).compareTo(given) == 0;
        } catch (NumberFormatException infinite) {
            return false;
        }
    }
}
