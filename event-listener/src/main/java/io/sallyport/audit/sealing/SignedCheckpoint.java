package io.sallyport.audit.sealing;

import java.time.Instant;

/**
 * A checkpoint with its signature.
 *
 * @param leaves how many rows it is about
 * @param completeAt when no row was left the last time
 * @param jws the compact form
 */
record SignedCheckpoint(long leaves, Instant time, Instant completeAt, String jws) {}
