package io.sallyport.factor.webauthn;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One JSON object with typed members: no name twice, nothing behind it, little depth. */
final class StrictJson {

    private static final int MAX_DEPTH = 16;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode object;
    private final String name;

    private StrictJson(JsonNode object, String name) {
        this.object = object;
        this.name = name;
    }

    static StrictJson parse(String text, String name) {
        try {
            JsonNode node = MAPPER.readTree(text);
            Refused.unless(node != null && node.isObject(), name + " is not a JSON object");
            return new StrictJson(node, name);
        } catch (JsonProcessingException notJson) {
            throw new Refused(name + " is not JSON");
        }
    }

    String text(String member) {
        return optionalText(member).orElseThrow(() -> new Refused(name + "." + member + " is missing"));
    }

    Optional<String> optionalText(String member) {
        Optional<JsonNode> node = member(member);
        node.ifPresent(found -> Refused.unless(found.isTextual(), name + "." + member + " is not a text"));
        return node.map(JsonNode::textValue);
    }

    /** Not empty, in base64url. */
    Bytes bytes(String member) {
        Bytes bytes = Bytes.ofBase64Url(text(member), name + "." + member);
        Refused.unless(bytes.length() > 0, name + "." + member + " is empty");
        return bytes;
    }

    StrictJson object(String member) {
        return optionalObject(member).orElseThrow(() -> new Refused(name + "." + member + " is missing"));
    }

    Optional<StrictJson> optionalObject(String member) {
        Optional<JsonNode> node = member(member);
        node.ifPresent(found -> Refused.unless(found.isObject(), name + "." + member + " is not an object"));
        return node.map(found -> new StrictJson(found, name + "." + member));
    }

    /** A missing one is false. */
    boolean flag(String member) {
        Optional<JsonNode> node = member(member);
        node.ifPresent(found -> Refused.unless(found.isBoolean(), name + "." + member + " is not a boolean"));
        return node.map(JsonNode::booleanValue).orElse(false);
    }

    /** The texts of an array; a missing one has none. */
    List<String> texts(String member) {
        Optional<JsonNode> node = member(member);
        List<String> texts = new ArrayList<>();
        node.ifPresent(found -> {
            Refused.unless(found.isArray(), name + "." + member + " is not an array");
            found.forEach(element -> {
                Refused.unless(element.isTextual(), name + "." + member + " has another element than a text");
                texts.add(element.textValue());
            });
        });
        return texts;
    }

    /** A JSON null is like a missing member where one may be missing: so browsers write what an authenticator lacks. */
    private Optional<JsonNode> member(String member) {
        return Optional.ofNullable(object.get(member)).filter(node -> !node.isNull());
    }
}
