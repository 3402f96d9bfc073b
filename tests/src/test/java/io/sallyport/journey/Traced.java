package io.sallyport.journey;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One operation of a person or a program, all of whose requests carry one correlation id: by that its rows are found.
 *
 * @param realm where it happens
 * @param id the correlation id
 */
record Traced(MfaRealm realm, String id) {

    static final String AGENT = "Trail/1.0 (one operation)";
    /** What a client writes there about itself counts for nothing on a server that no proxy stands before. */
    private static final String FORGED = "203.0.113.66";

    Map<String, String> headers() {
        return Map.of("X-Correlation-Id", id, "User-Agent", AGENT, "X-Forwarded-For", FORGED);
    }

    Browser browser() {
        return new Browser(headers());
    }

    /** The password grant. */
    TokenReply password(OidcClient client, Member member, Map<String, String> more) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "password");
        form.put("scope", "openid");
        form.put("username", member.username());
        form.put("password", Member.PASSWORD);
        form.putAll(more);
        return client.grant(form, headers());
    }

    TokenReply code(Member member, String code) {
        return password(realm.backend(), member, Map.of("totp", code));
    }

    Page password(SignIn signIn, Member member) {
        return realm.password(browser(), signIn, member);
    }

    /** A call below {@code /realms/{realm}/v1/auth/mfa}. */
    Reply call(String method, String token, String path, Object body) {
        return send(method, URI.create(realm.address() + "/v1/auth/mfa/" + path), Json.write(body), bearer(token));
    }

    /** A call below {@code /admin/realms/{realm}/mfa} by the administrator of the master realm. */
    Reply admin(String method, String path, Object body) {
        return keycloak(method, "mfa/" + path, body);
    }

    /** The same by whoever has this token. */
    Reply admin(String token, String method, String path, Object body) {
        return send(method, address("mfa/" + path), Json.write(body), bearer(token));
    }

    /** A call of Keycloak's own administration. */
    Reply keycloak(String method, String path, Object body) {
        return send(method, address(path), Json.write(body), realm.admin().authorization());
    }

    /** A call of Keycloak's own account console. */
    Reply account(String method, Tokens tokens, String path) {
        return send(method, URI.create(realm.address() + "/account/" + path), "", bearer(tokens.access()));
    }

    private URI address(String path) {
        return realm.address().resolve("/admin/realms/" + realm.name() + "/" + path);
    }

    private static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    private Reply send(String method, URI address, String body, Map<String, String> authorization) {
        Map<String, String> all = new LinkedHashMap<>(headers());
        all.putAll(authorization);
        return method.equals("GET") ? Http.get(address, all) : Http.sendJson(method, address, body, all);
    }
}
