package io.sallyport.journey;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** One sign-in that an application begins: where it sends the browser, and how it redeems the code. */
public final class SignIn {

    private final OidcClient client;
    private final Pkce pkce = Pkce.fresh();
    private final Map<String, String> query = new LinkedHashMap<>();

    SignIn(OidcClient client, Map<String, String> more) {
        this.client = client;
        query.put("client_id", client.id());
        query.put("redirect_uri", client.redirectUri().toString());
        query.put("response_type", "code");
        query.put("scope", "openid");
        query.put("state", Pkce.random());
        query.put("nonce", Pkce.random());
        query.put("code_challenge", pkce.challenge());
        query.put("code_challenge_method", "S256");
        query.putAll(more);
        query.values().removeIf(String::isEmpty);
    }

    /** Where the application sends the browser. */
    public URI address() {
        return URI.create(client.endpoint("auth") + "?" + Form.encode(query));
    }

    /** Exchanges the code that came back. */
    public TokenReply redeem(Page arrived) {
        return redeem(arrived, Map.of());
    }

    /** The same with these headers. */
    public TokenReply redeem(Page arrived, Map<String, String> headers) {
        return client.grant(
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "code",
                        arrived.as(Arrived.class).code(),
                        "redirect_uri",
                        client.redirectUri().toString(),
                        "code_verifier",
                        pkce.verifier()),
                headers);
    }
}
