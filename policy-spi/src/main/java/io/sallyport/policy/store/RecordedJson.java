package io.sallyport.policy.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/** What a rule or an action says, as a detail of an event: all of it, in characters that nothing on the way changes. */
final class RecordedJson {

    private static final JsonMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private RecordedJson() {}

    static String of(Map<String, Object> says) {
        try {
            return ASCII.writeValueAsString(says);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("maps of texts are always JSON", impossible);
        }
    }
}
