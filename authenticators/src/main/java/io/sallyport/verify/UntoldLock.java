package io.sallyport.verify;

import java.time.Instant;

/**
 * A lock without its row in the trail: the attempt that began it is being compared, or something of ours broke before the row.
 *
 * @param attempts failures in a row that it stands for
 */
record UntoldLock(String realmId, String userId, Instant until, int attempts) {}
