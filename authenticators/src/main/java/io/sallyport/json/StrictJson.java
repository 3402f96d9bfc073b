package io.sallyport.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON in which no field stands twice and nothing follows the value. */
public final class StrictJson {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            // 5.0 stays no whole number
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private StrictJson() {}

    /**
     * The tree of these bytes.
     *
     * @throws InvalidRequest if they are no JSON
     */
    public static JsonNode tree(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException broken) {
            // what else Jackson says names its own classes
            String why = broken.getOriginalMessage().startsWith("Duplicate field")
                    ? broken.getOriginalMessage()
                    : "can't be read";
            throw new InvalidRequest(List.of("$: no JSON: " + why + at(broken.getLocation())));
        } catch (IOException broken) {
            throw new InvalidRequest(List.of("$: no JSON in UTF-8"));
        }
    }

    private static String at(@Nullable JsonLocation where) {
        return where == null ? "" : ", line " + where.getLineNr() + ", column " + where.getColumnNr();
    }

    /** A tree as maps, lists and plain values. */
    public static Object plain(JsonNode node) {
        return Optional.ofNullable(JSON.convertValue(node, Object.class)).orElse("null");
    }
}
