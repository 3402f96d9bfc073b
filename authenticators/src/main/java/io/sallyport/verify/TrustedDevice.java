package io.sallyport.verify;

import java.time.Instant;
import java.util.Optional;

/**
 * A browser in which its user need not prove a factor again for a while. It is no factor and never makes a claim.
 *
 * @param id id of its row
 * @param label name and system of the browser, as far as it told; may be empty
 * @param since when its user proved a factor in it
 * @param until end of the trust
 * @param lastUsedAt when it last stood in for a proof; absent if it never did
 */
public record TrustedDevice(String id, String label, Instant since, Instant until, Optional<Instant> lastUsedAt) {

    /** The same with an earlier end. */
    TrustedDevice endingAt(Instant end) {
        return new TrustedDevice(id, label, since, end, lastUsedAt);
    }
}
