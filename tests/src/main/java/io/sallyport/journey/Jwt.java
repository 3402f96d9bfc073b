package io.sallyport.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;

/** Looks into a token. It came from the server itself a moment ago, so its signature is not checked. */
public final class Jwt {

    private Jwt() {}

    /** The claims of this token. */
    public static JsonNode claims(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            throw new Unexpected("token", parts.length + " parts", "3");
        }
        return Json.read(new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8));
    }
}
