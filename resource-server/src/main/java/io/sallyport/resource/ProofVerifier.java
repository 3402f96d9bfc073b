package io.sallyport.resource;

import java.util.Map;

/**
 * Checks that the caller holds the key that a token is bound to (DPoP, mutual TLS). Without one such tokens are refused: taken
 * as bearer tokens they would lose what they were bound for.
 */
@FunctionalInterface
public interface ProofVerifier {

    /**
     * Whether the caller proved it.
     *
     * @param confirmation the token's claim {@code cnf}
     * @param token the token as it was sent, for the hash {@code ath} of RFC 9449
     */
    boolean proves(Map<String, Object> confirmation, String token, Call call);
}
