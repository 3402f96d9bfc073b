package io.sallyport.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.json.JsonFields;
import io.sallyport.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The fields of calls that are JSON themselves. */
final class Fields {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** What {@link #plain} wants. */
    static final String PLAIN = "a text of 1 to 255 characters without control characters";

    private static final int MAX_PLAIN = 255;

    private Fields() {}

    /** A text that every database can store and every log can show. */
    static Optional<String> plain(String text) {
        boolean isPlain = !text.isBlank()
                && text.length() <= MAX_PLAIN
                && text.codePoints()
                        .noneMatch(letter ->
                                Character.isISOControl(letter) || Character.getType(letter) == Character.SURROGATE);
        return isPlain ? Optional.of(text) : Optional.empty();
    }

    /** The details of an action; none if the field is missing. */
    static Map<String, Object> details(JsonFields request) {
        Map<String, Object> details = new LinkedHashMap<>();
        if (request.has("action_details")) {
            if (request.raw("action_details") instanceof Map<?, ?> given) {
                given.forEach((name, value) -> details.put(String.valueOf(name), value));
            } else {
                request.problem("action_details", "want an object");
            }
        }
        return details;
    }

    /** The id of a challenge or an approval; empty if it is none. */
    static Optional<String> id(String text) {
        return Optional.of(text).filter(known -> ID.matcher(known).matches());
    }

    /** JSON of our own as a part of an answer. */
    static JsonNode tree(String json) {
        return StrictJson.tree(json.getBytes(StandardCharsets.UTF_8));
    }
}
