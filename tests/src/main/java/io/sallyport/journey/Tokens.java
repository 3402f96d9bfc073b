package io.sallyport.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What the token endpoint gave. */
public record Tokens(String access, Optional<String> id, Optional<String> refresh) {

    static Tokens from(JsonNode json) {
        return new Tokens(json.path("access_token").asText(), text(json, "id_token"), text(json, "refresh_token"));
    }

    /** The claims of the access token. */
    public JsonNode claims() {
        return Jwt.claims(access);
    }

    /** The claims of the ID token. */
    public JsonNode idClaims() {
        return Jwt.claims(id.orElseThrow());
    }

    private static Optional<String> text(JsonNode json, String name) {
        return Optional.ofNullable(json.get(name)).map(JsonNode::asText);
    }
}
