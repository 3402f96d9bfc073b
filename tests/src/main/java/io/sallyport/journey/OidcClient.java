package io.sallyport.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An application, as it speaks to the realm.
 *
 * @param realm address of the realm, without a slash at its end
 * @param secret absent for a public client
 */
public record OidcClient(URI realm, String id, Optional<String> secret, URI redirectUri) {

    /** Begins a code flow with PKCE. */
    public SignIn signIn() {
        return signIn(Map.of());
    }

    /** Begins a flow with these parameters besides, or instead of, the usual ones; an empty one is left out. */
    public SignIn signIn(Map<String, String> more) {
        return new SignIn(this, more);
    }

    /** The password grant. */
    public TokenReply password(String username, String password) {
        return password(username, password, Map.of());
    }

    /** The password grant with a code. */
    public TokenReply password(String username, String password, String totp) {
        return password(username, password, Map.of("totp", totp));
    }

    /** The password grant with more fields. */
    public TokenReply password(String username, String password, Map<String, String> more) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "password");
        form.put("scope", "openid");
        form.put("username", username);
        form.put("password", password);
        form.putAll(more);
        return grant(form);
    }

    public TokenReply refresh(String refreshToken) {
        return grant(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
    }

    public TokenReply clientCredentials() {
        return grant(Map.of("grant_type", "client_credentials"));
    }

    /** Standard token exchange (RFC 8693) of an access token. */
    public TokenReply exchange(String accessToken) {
        return grant(Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token",
                accessToken,
                "subject_token_type",
                "urn:ietf:params:oauth:token-type:access_token"));
    }

    /** Any grant; the client authenticates itself. */
    public TokenReply grant(Map<String, String> form) {
        return grant(form, Map.of());
    }

    /** Any grant with these headers; the client authenticates itself. */
    public TokenReply grant(Map<String, String> form, Map<String, String> headers) {
        return new TokenReply(post("token", form, headers));
    }

    public Reply logout(String refreshToken) {
        return post("logout", Map.of("refresh_token", refreshToken), Map.of());
    }

    public JsonNode introspect(String token) {
        return post("token/introspect", Map.of("token", token), Map.of())
                .expect(200)
                .json();
    }

    public Reply userinfo(String accessToken) {
        return Http.get(endpoint("userinfo"), Map.of("Authorization", "Bearer " + accessToken));
    }

    /** Posts to one of the realm's OpenID Connect endpoints with the client's own authentication. */
    public Reply post(String endpoint, Map<String, String> form, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(form);
        all.put("client_id", id);
        secret.ifPresent(value -> all.put("client_secret", value));
        return Http.postForm(endpoint(endpoint), all, headers);
    }

    URI endpoint(String name) {
        return URI.create(realm + "/protocol/openid-connect/" + name);
    }
}
