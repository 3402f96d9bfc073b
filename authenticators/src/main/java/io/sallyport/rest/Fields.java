package io.sallyport.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.json.JsonFields;
import io.sallyport.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of calls that are JSON themselves. */
final class Fields {

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

    /** JSON of our own as a part of an answer. */
    static JsonNode tree(String json) {
        return StrictJson.tree(json.getBytes(StandardCharsets.UTF_8));
    }
}
