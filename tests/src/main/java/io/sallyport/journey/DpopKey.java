package io.sallyport.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** A key that a client proves to hold with each request (RFC 9449). */
public record DpopKey(SigningKey key) {

    public static DpopKey fresh() {
        return new DpopKey(SigningKey.fresh());
    }

    /** The header of one {@code POST} to this address. */
    public Map<String, String> proof(URI address) {
        return proof(address, Optional.empty());
    }

    /** The headers of one {@code POST} to this address with this access token (RFC 9449 §7.1). */
    public Map<String, String> with(String accessToken, URI address) {
        Map<String, String> headers = new LinkedHashMap<>(proof(address, Optional.of(accessToken)));
        headers.put("Authorization", "DPoP " + accessToken);
        return headers;
    }

    /** What tokens that are bound to it say of it (RFC 7638 §3). */
    public String thumbprint() {
        return sha256(Json.write(new TreeMap<>(key.jwk())));
    }

    private Map<String, String> proof(URI address, Optional<String> accessToken) {
        Map<String, Object> claims = new LinkedHashMap<>(Map.of(
                "jti", UUID.randomUUID().toString(),
                "htm", "POST",
                "htu", address.toString(),
                "iat", Instant.now().getEpochSecond()));
        accessToken.ifPresent(token -> claims.put("ath", sha256(token)));
        return Map.of("DPoP", key.sign(Map.of("typ", "dpop+jwt", "alg", "RS256", "jwk", key.jwk()), claims));
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
