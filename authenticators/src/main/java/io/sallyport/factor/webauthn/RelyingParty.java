package io.sallyport.factor.webauthn;

import java.util.Set;

/**
 * Who we are to authenticators, as configured: nothing of it is ever taken from a request.
 *
 * @param id the RP ID, a domain
 * @param origins the pages that may ask for a key, as browsers write them
 */
public record RelyingParty(String id, Set<String> origins) {

    public RelyingParty {
        if (id.isBlank()) {
            throw new IllegalArgumentException("id is blank, want a domain");
        }
        if (origins.isEmpty()) {
            throw new IllegalArgumentException("origins is empty: nobody could use a key");
        }
        origins = Set.copyOf(origins);
    }
}
