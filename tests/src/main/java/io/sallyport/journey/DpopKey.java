package io.sallyport.journey;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** A key that a client proves to hold with each request (RFC 9449). */
public record DpopKey(SigningKey key) {

    public static DpopKey fresh() {
        return new DpopKey(SigningKey.fresh());
    }

    /** The header of one {@code POST} to this address. */
    public Map<String, String> proof(URI address) {
        return Map.of(
                "DPoP",
                key.sign(
                        Map.of("typ", "dpop+jwt", "alg", "RS256", "jwk", key.jwk()),
                        Map.of(
                                "jti", UUID.randomUUID().toString(),
                                "htm", "POST",
                                "htu", address.toString(),
                                "iat", Instant.now().getEpochSecond())));
    }
}
