package io.sallyport.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/**
 * The one spelling of each request, whatever the order of its fields, by which repetitions are known: unlike RFC 8785 it keeps
 * every digit of a number and every half of a character, so that no two requests share one.
 */
public final class Spelling {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private Spelling() {}

    /** The spelling of a request as {@link JsonBody} read it. */
    public static String of(Map<String, ?> request) {
        try {
            return JSON.writeValueAsString(request);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("what was JSON is none", impossible);
        }
    }
}
