package io.sallyport.admin;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A request body as one JSON object, not longer than allowed. */
final class JsonBody {

    private JsonBody() {}

    /**
     * The object of a body.
     *
     * @param max most bytes that are read
     * @throws InvalidRequest if it is none
     */
    static Map<String, Object> object(InputStream body, int max) {
        if (!(StrictJson.plain(StrictJson.tree(bytes(body, max))) instanceof Map<?, ?> map)) {
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
                throw new InvalidRequest(List.of("$: has more than " + max + " bytes"));
            }
            return bytes;
        } catch (IOException broken) {
            throw new InvalidRequest(List.of("$: can't be read"));
        }
    }
}
