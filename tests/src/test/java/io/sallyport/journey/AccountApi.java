package io.sallyport.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** The account console's REST, with the access token of one session. */
record AccountApi(URI realm, String token) {

    static AccountApi of(MfaRealm realm, Tokens tokens) {
        return new AccountApi(realm.address(), tokens.access());
    }

    Reply remove(String credential) {
        return Http.delete(credential(credential), headers());
    }

    Reply label(String credential, String label) {
        return labelJson(credential, Json.write(label));
    }

    /** The same as it is sent. */
    Reply labelJson(String credential, String json) {
        return Http.sendJson("PUT", credential(credential + "/label"), json, headers());
    }

    /** The types of credentials that the console lists and lets people add. */
    List<String> types() {
        return all().findValuesAsText("type");
    }

    /** What the console lists of this type; a missing node if nothing. */
    JsonNode listed(String type) {
        for (JsonNode each : all()) {
            if (each.path("type").asText().equals(type)) {
                return each;
            }
        }
        return MissingNode.getInstance();
    }

    private JsonNode all() {
        return Http.get(URI.create(realm + "/account/credentials"), headers())
                .expect(200)
                .json();
    }

    private URI credential(String path) {
        return URI.create(realm + "/account/credentials/" + path);
    }

    private Map<String, String> headers() {
        return Map.of("Authorization", "Bearer " + token, "Accept", "application/json");
    }
}
