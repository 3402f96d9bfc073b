package io.sallyport.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** {@code POST simulate} of one realm, and what its answers say. */
record Simulate(KeycloakServer server, MfaRealm realm) {

    /** The answer to the administrator of the master realm, as one page of JSON. */
    JsonNode ask(Map<String, Object> request) {
        return post(token(), Json.write(request), "application/json")
                .expect(200)
                .json();
    }

    Reply post(String token, String body, String accept) {
        URI address = realm.address().resolve("/admin/realms/" + realm.name() + "/mfa/simulate");
        return Http.sendJson("POST", address, body, Map.of("Authorization", "Bearer " + token, "Accept", accept));
    }

    /** Of the administrator of the master realm. */
    String token() {
        return new OidcClient(server.realm("master"), "admin-cli", Optional.empty(), MfaRealm.CALLBACK)
                .password("admin", "admin")
                .tokens()
                .access();
    }

    /** The whole numbers of an object. */
    static Map<String, Integer> numbers(JsonNode object) {
        Map<String, Integer> numbers = new HashMap<>();
        object.properties().stream()
                .filter(field -> field.getValue().isInt())
                .forEach(field -> numbers.put(field.getKey(), field.getValue().intValue()));
        return numbers;
    }

    /** What is told of each affected user, by his id. */
    static Map<String, String> affected(JsonNode answer) {
        Map<String, String> told = new HashMap<>();
        for (JsonNode one : answer.path("affected")) {
            String text = String.join(
                    " ",
                    one.path("username").asText(),
                    one.path("before").asText(),
                    one.path("after").asText(),
                    one.path("administrator").asText(),
                    one.path("break_glass").asText());
            told.put(one.path("user").asText(), text);
        }
        return told;
    }
}
