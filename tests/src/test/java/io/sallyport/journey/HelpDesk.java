package io.sallyport.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;

/** The calls about single users, by whoever holds the token. */
record HelpDesk(MfaRealm realm) {

    static final String WHY = "{\"reason\":\"called and was recognised\"}";

    /** The token of somebody new with these roles and a fresh proof. */
    String token(String... roles) {
        return token(realm.enrolled(), roles);
    }

    String token(Member helper, String... roles) {
        for (String role : roles) {
            Roles.of(realm).grant(helper.id(), role);
        }
        return realm.backend()
                .password(helper.username(), Member.PASSWORD, helper.phone().nextCode())
                .tokens()
                .access();
    }

    /** A new pass for this user. */
    String pass(Member member) {
        return call("POST", "users/" + member.id() + "/pass", WHY, token("realm-admin"))
                .expect(200)
                .json()
                .path("pass")
                .asText();
    }

    Reply revoke(Member member, String query, String token) {
        return call("DELETE", "users/" + member.id() + "/enrollments/" + factor(member) + query, "", token);
    }

    /** The id of the user's first authenticator app. */
    String factor(Member member) {
        for (JsonNode credential : realm.admin().get(realm.name() + "/users/" + member.id() + "/credentials")) {
            if (credential.path("type").asText().equals("otp")) {
                return credential.path("id").asText();
            }
        }
        throw new Unexpected("credentials", member.username(), "a factor");
    }

    Reply call(String method, String path, String body, String token) {
        URI address = realm.address().resolve("/admin/realms/" + realm.name() + "/mfa/" + path);
        Map<String, String> headers = Map.of("Authorization", "Bearer " + token);
        return switch (method) {
            case "GET" -> Http.get(address, headers);
            case "DELETE" -> Http.delete(address, headers);
            default -> Http.sendJson(method, address, body, headers);
        };
    }
}
