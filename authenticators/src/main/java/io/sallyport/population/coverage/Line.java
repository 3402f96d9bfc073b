package io.sallyport.population.coverage;

import java.time.Instant;
import java.util.Optional;

/**
 * One active user, as the policy can know him.
 *
 * @param lockedUntil the end of his lock
 */
record Line(String id, String username, Signature signature, Optional<Instant> lockedUntil) {}
