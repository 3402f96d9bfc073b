package io.sallyport.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.json.InvalidRequest;
import io.sallyport.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON object that came with an administration call, read strictly; it collects what is wrong with it. */
final class RequestBody {

    static final int MAX_REASON = 255;
    private final JsonNode root;
    private final List<String> problems = new ArrayList<>();

    private RequestBody(JsonNode root) {
        this.root = root;
    }

    /**
     * The object of this text, which may have these fields and no others; an empty text is an empty object.
     *
     * @throws InvalidRequest if there is no such object at all
     */
    static RequestBody parse(String json, List<String> fields) {
        JsonNode root = tree(json.isBlank() ? "{}" : json);
        if (!root.isObject()) {
            throw new InvalidRequest(List.of("$: want an object with " + String.join(", ", fields)));
        }
        RequestBody body = new RequestBody(root);
        root.fieldNames().forEachRemaining(name -> {
            if (!fields.contains(name)) {
                body.problem("$." + name + ": unknown field");
            }
        });
        return body;
    }

    /** Parsed JSON of any kind, as maps, lists and plain values. */
    static Object plain(String json) {
        return StrictJson.plain(tree(json));
    }

    boolean has(String field) {
        return root.has(field);
    }

    /** The reason, if one is given. */
    Optional<String> reason() {
        JsonNode given = root.path("reason");
        String reason = given.asText("");
        if (!given.isMissingNode()
                && (!given.isTextual()
                        || reason.isBlank()
                        || reason.length() > MAX_REASON
                        || reason.chars().anyMatch(Character::isISOControl))) {
            problem("$.reason: want a text of 1 to " + MAX_REASON + " characters, none of them a control character");
        }
        return Optional.of(reason).filter(text -> !text.isEmpty());
    }

    /**
     * Whether the field is true; a missing one is not.
     *
     * @throws InvalidRequest if it is neither true nor false
     */
    boolean yes(String field) {
        JsonNode given = root.path(field);
        if (!given.isMissingNode() && !given.isBoolean()) {
            throw new InvalidRequest(List.of("$." + field + ": want true or false"));
        }
        return given.asBoolean();
    }

    /** The texts of the field {@code settings} by name; of {@code null} none, where that is allowed. */
    Map<String, Optional<String>> settings(boolean nullAllowed) {
        JsonNode node = root.path("settings");
        if (!node.isMissingNode() && !node.isObject()) {
            problem("$.settings: want an object");
        }
        Map<String, Optional<String>> settings = new LinkedHashMap<>();
        node.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isNull() && nullAllowed) {
                settings.put(field.getKey(), Optional.empty());
            } else if (value.isValueNode() && !value.isNull()) {
                settings.put(field.getKey(), Optional.of(value.asText()));
            } else {
                problem("$.settings." + field.getKey() + ": want a text, a number or a boolean"
                        + (nullAllowed ? ", or null for the default" : ""));
            }
        });
        return settings;
    }

    /** The texts of a field by name; a missing one has none. */
    Map<String, String> texts(String field) {
        JsonNode node = root.path(field);
        Map<String, String> texts = new LinkedHashMap<>();
        if (!node.isMissingNode() && !node.isObject()) {
            problem("$." + field + ": want an object");
        }
        node.properties().forEach(each -> {
            if (each.getValue().isTextual()) {
                texts.put(each.getKey(), each.getValue().asText());
            } else {
                problem("$." + field + "." + each.getKey() + ": want a text");
            }
        });
        return texts;
    }

    /** The field as maps, lists and plain values; absent if it is not given. */
    Optional<Object> plainField(String name) {
        return Optional.ofNullable(root.get(name)).map(StrictJson::plain);
    }

    void problem(String text) {
        problems.add(text);
    }

    /** Throws if anything was wrong so far. */
    void check() {
        if (!problems.isEmpty()) {
            throw new InvalidRequest(problems);
        }
    }

    private static JsonNode tree(String json) {
        return StrictJson.tree(json.getBytes(StandardCharsets.UTF_8));
    }
}
