package io.sallyport.verify;

import java.time.Instant;

/**
 * A browser in which its user need not prove a factor again for a while. It is no factor and never makes a claim.
 *
 * @param id id of its row
 * @param label what the browser called itself
 * @param since when its user proved a factor in it
 * @param until end of the trust
 */
public record TrustedDevice(String id, String label, Instant since, Instant until) {}
