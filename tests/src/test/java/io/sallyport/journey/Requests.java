package io.sallyport.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The ways in which an application hands over the same authorization request. */
final class Requests {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private Requests() {}

    /** The request in this form; any other name is the query itself. */
    static URI as(String form, OidcClient client, SignIn signIn) {
        return switch (form) {
            case "pushed" -> pushed(client, signIn);
            case "unsigned" -> unsigned(client, signIn);
            case "signed" -> signed(client, signIn);
            default -> signIn.address();
        };
    }

    /** Pushed before (RFC 9126). */
    static URI pushed(OidcClient client, SignIn signIn) {
        String uri = push(client, parameters(signIn))
                .expect(201)
                .json()
                .path("request_uri")
                .asText();
        return address(signIn, Map.of("client_id", client.id(), "request_uri", uri));
    }

    static Reply push(OidcClient client, Map<String, String> parameters) {
        return client.post("ext/par/request", parameters, Map.of());
    }

    /** As a request object that nobody signed (OpenID Connect Core §6.1). */
    static URI unsigned(OidcClient client, SignIn signIn) {
        return object(client, signIn, jwt(signIn, "none") + ".");
    }

    /** As a request object that the client signed with its secret. */
    static URI signed(OidcClient client, SignIn signIn) {
        String content = jwt(signIn, "HS256");
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(client.secret().orElseThrow().getBytes(UTF_8), "HmacSHA256"));
            return object(client, signIn, content + "." + BASE64.encodeToString(mac.doFinal(content.getBytes(UTF_8))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the request says. */
    static Map<String, String> parameters(SignIn signIn) {
        return new LinkedHashMap<>(Form.decode(signIn.address().getRawQuery()));
    }

    private static URI object(OidcClient client, SignIn signIn, String jwt) {
        return address(
                signIn, Map.of("client_id", client.id(), "response_type", "code", "scope", "openid", "request", jwt));
    }

    private static URI address(SignIn signIn, Map<String, String> query) {
        return signIn.address().resolve("auth?" + Form.encode(query));
    }

    private static String jwt(SignIn signIn, String alg) {
        Map<String, Object> claims = new LinkedHashMap<>(parameters(signIn));
        long now = Instant.now().getEpochSecond();
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("iss", claims.get("client_id"));
        claims.put("aud", signIn.address().toString().replaceFirst("/protocol/.*", ""));
        claims.put("iat", now);
        claims.put("nbf", now);
        claims.put("exp", now + 60);
        return encoded(Map.of("alg", alg)) + "." + encoded(claims);
    }

    private static String encoded(Map<String, ?> part) {
        return BASE64.encodeToString(Json.write(part).getBytes(UTF_8));
    }
}
