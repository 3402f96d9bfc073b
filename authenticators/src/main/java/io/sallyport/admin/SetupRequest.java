package io.sallyport.admin;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an administrator asks set-up to do.
 *
 * @param reason why; goes on the record, and may be left out where nothing is changed that is in force already
 * @param settings settings to change, by name
 * @param policy the policy to put in place of the one before, as parsed JSON; absent leaves it
 */
record SetupRequest(Optional<String> reason, Map<String, String> settings, Optional<Object> policy) {

    static final int MAX_REASON = 255;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * The request of a body.
     *
     * @throws InvalidRequest naming every problem
     */
    static SetupRequest parse(String body) {
        JsonNode root = tree(body.isBlank() ? "{}" : body);
        List<String> problems = new ArrayList<>();
        if (!root.isObject()) {
            throw new InvalidRequest(List.of("$: want an object with reason, settings and policy"));
        }
        root.properties().stream().map(Map.Entry::getKey).forEach(name -> {
            if (!List.of("reason", "settings", "policy").contains(name)) {
                problems.add("$." + name + ": unknown field");
            }
        });
        JsonNode given = root.path("reason");
        String reason = given.asText("");
        if (!given.isMissingNode() && (!given.isTextual() || reason.isBlank() || reason.length() > MAX_REASON)) {
            problems.add("$.reason: want a text of 1 to " + MAX_REASON + " characters");
        }
        Map<String, String> settings = settings(root.path("settings"), problems);
        if (!problems.isEmpty()) {
            throw new InvalidRequest(problems);
        }
        return new SetupRequest(
                Optional.of(reason).filter(text -> !text.isEmpty()),
                settings,
                Optional.ofNullable(root.get("policy")).map(SetupRequest::plain));
    }

    /** Parsed JSON of a policy document. */
    static Object policy(String json) {
        return plain(tree(json));
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException broken) {
            throw new InvalidRequest(List.of("$: no JSON: " + broken.getOriginalMessage()));
        }
    }

    private static Map<String, String> settings(JsonNode node, List<String> problems) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (!node.isMissingNode() && !node.isObject()) {
            problems.add("$.settings: want an object");
        }
        node.properties().forEach(field -> {
            if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                settings.put(field.getKey(), field.getValue().asText());
            } else {
                problems.add("$.settings." + field.getKey() + ": want a text, a number or a boolean");
            }
        });
        return settings;
    }

    private static Object plain(JsonNode node) {
        return Optional.ofNullable(JSON.convertValue(node, Object.class)).orElse("null");
    }
}
