package io.sallyport.admin;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request body as JSON: one object, no field twice, nothing behind it, not longer than allowed. */
final class JsonBody {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonBody() {}

    /**
     * The object of a body.
     *
     * @param max most bytes that are read
     * @throws InvalidRequest if it is none
     */
    static Map<String, Object> object(InputStream body, int max) {
        try {
            byte[] bytes = body.readNBytes(max + 1);
            if (bytes.length > max) {
                throw new InvalidRequest(List.of("$: has more than " + max + " bytes"));
            }
            return asObject(JSON.readValue(bytes, Object.class));
        } catch (JsonProcessingException broken) {
            throw new InvalidRequest(List.of("$: no JSON: " + broken.getOriginalMessage()));
        } catch (IOException broken) {
            throw new InvalidRequest(List.of("$: can't be read"));
        }
    }

    private static Map<String, Object> asObject(@Nullable Object tree) {
        if (!(tree instanceof Map<?, ?> map)) {
            throw new InvalidRequest(List.of("$: want an object"));
        }
        Map<String, Object> object = new LinkedHashMap<>();
        map.forEach((name, value) -> object.put(String.valueOf(name), value));
        return object;
    }
}
