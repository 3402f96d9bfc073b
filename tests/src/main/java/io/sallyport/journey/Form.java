package io.sallyport.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The media type {@code application/x-www-form-urlencoded}, of bodies, queries and fragments. */
public final class Form {

    private Form() {}

    /** As it goes over the wire. */
    public static String encode(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field ->
                        URLEncoder.encode(field.getKey(), UTF_8) + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** Of a repeated name the last one counts. */
    static Map<String, String> decode(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (!parts[0].isEmpty()) {
                fields.put(
                        URLDecoder.decode(parts[0], UTF_8),
                        URLDecoder.decode(parts.length == 2 ? parts[1] : "", UTF_8));
            }
        }
        return fields;
    }
}
