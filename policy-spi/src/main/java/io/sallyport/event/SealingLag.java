package io.sallyport.event;

import java.time.Instant;
import java.util.Optional;

/**
 * What of a trail is written and not in its tree yet.
 *
 * @param rows how many
 * @param oldest when the first of them was written; empty if there is none
 */
public record SealingLag(long rows, Optional<Instant> oldest) {}
