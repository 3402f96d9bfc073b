package io.sallyport.json;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A request body as one JSON object, not longer than allowed. */
public final class JsonBody {

    private JsonBody() {}

    /**
     * The object of a body.
     *
     * @param max most bytes that are read
     * @throws InvalidRequest if it is none
     * @throws TooLarge if it is longer
     */
    public static Map<String, Object> object(InputStream body, int max) {
        return object(bytes(body, max));
    }

    /** The object of these bytes. */
    public static Map<String, Object> object(byte[] bytes) {
        if (!(StrictJson.plain(StrictJson.tree(bytes)) instanceof Map<?, ?> map)) {
            throw new InvalidRequest(List.of("$: want an object"));
        }
        Map<String, Object> object = new LinkedHashMap<>();
        map.forEach((name, value) -> object.put(String.valueOf(name), value));
        return object;
    }

    private static byte[] bytes(InputStream body, int max) {
        try {
            byte[] bytes = body.readNBytes(max + 1);
            if (bytes.length > max) {
                throw new TooLarge(max);
            }
            return bytes;
        } catch (IOException broken) {
            throw new InvalidRequest(List.of("$: can't be read"));
        }
    }
}
