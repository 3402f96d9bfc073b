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

    private Fields() {}

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
