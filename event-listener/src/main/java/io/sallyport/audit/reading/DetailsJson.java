package io.sallyport.audit.reading;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.TreeMap;

/** The details of a row as the JSON object in their column. */
public final class DetailsJson {

    /** Two rules, each character of them escaped, and more. */
    public static final int MAX = 200_000;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private DetailsJson() {}

    /** Sorted by name, so that equal details are equal texts. */
    public static String write(Map<String, String> details) {
        try {
            String json = JSON.writeValueAsString(new TreeMap<>(details));
            if (json.length() > MAX) {
                throw new IllegalArgumentException(
                        "details have " + json.length() + " characters, want at most " + MAX);
            }
            return json;
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("maps of texts are always JSON", impossible);
        }
    }

    static Map<String, String> read(String json) {
        try {
            return JSON.readValue(json, TEXTS);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("the details of an audit row are no JSON object of texts", broken);
        }
    }
}
