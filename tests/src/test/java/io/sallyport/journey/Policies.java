package io.sallyport.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The policy of a realm, by its administration calls. */
record Policies(AdminApi admin, String realm) {

    static Policies of(MfaRealm realm) {
        return new Policies(realm.admin(), realm.name());
    }

    Reply create(Map<String, Object> rule) {
        return admin.send("POST", path("?reason=a+journey"), Json.write(rule));
    }

    /** Nothing is required of this member; the id of the rule. */
    String except(Member member) {
        return create(Map.of(
                        "required",
                        false,
                        "scope",
                        Map.of("user", member.username()),
                        "reason",
                        "new phone",
                        "valid_until",
                        "2998-01-01T00:00:00Z"))
                .expect(201)
                .json()
                .path("id")
                .asText();
    }

    Reply read(String id) {
        return admin.tryGet(path("/" + id));
    }

    Reply update(String id, Map<String, Object> rule) {
        return admin.send("PUT", path("/" + id + "?reason=a+journey"), Json.write(rule));
    }

    Reply delete(String id, String query) {
        return admin.delete(path("/" + id + query));
    }

    JsonNode history(String id) {
        return admin.get(path("/" + id + "/history")).path("history");
    }

    JsonNode list(String query) {
        return admin.get(path(query));
    }

    JsonNode document() {
        return admin.get(path("/document"));
    }

    Reply replace(String query, Object document) {
        return admin.send("PUT", path("/document" + query), Json.write(document));
    }

    Reply replace(String query, String document) {
        return admin.send("PUT", path("/document" + query), document);
    }

    /** The decision about a user, with further parameters. */
    JsonNode decision(Member member, String... parameters) {
        StringBuilder query = new StringBuilder("/mfa/decision?user=" + member.username());
        for (int i = 0; i < parameters.length; i += 2) {
            query.append('&').append(parameters[i]).append('=').append(encoded(parameters[i + 1]));
        }
        return admin.get(realm + query);
    }

    /** What was wrong with a request. */
    static List<String> problems(Reply refused) {
        return texts(refused.json().path("problems"));
    }

    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private String path(String rest) {
        return realm + "/mfa/policies" + rest;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
