package io.sallyport.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/** The settings of one realm as its administration sees them. */
record SettingsApi(AdminApi admin, String realm) {

    static SettingsApi of(MfaRealm realm) {
        return new SettingsApi(realm.admin(), realm.name());
    }

    JsonNode read() {
        return admin.get(path());
    }

    /** What is known of one setting. */
    JsonNode one(String name) {
        return find(read(), name);
    }

    /** What an answer says of one setting. */
    static JsonNode find(JsonNode answer, String name) {
        for (JsonNode setting : answer.path("settings")) {
            if (setting.path("name").asText().equals(name)) {
                return setting;
            }
        }
        throw new Unexpected("settings", answer, name);
    }

    Reply change(String body) {
        return admin.send("PUT", path(), body);
    }

    Reply change(Map<String, Object> settings) {
        return change(Json.write(Map.of("reason", "a journey", "settings", settings)));
    }

    /** What the realm attribute of a setting says. */
    Optional<String> attribute(String name) {
        return Optional.ofNullable(admin.get(realm).path("attributes").get(name))
                .map(JsonNode::asText);
    }

    private String path() {
        return realm + "/mfa/settings";
    }
}
