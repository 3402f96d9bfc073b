package io.sallyport.population.coverage;

import java.time.Instant;
import java.util.Optional;

/**
 * One active user.
 *
 * @param lockedUntil the end of his lock; absent if he is not locked
 */
public record Covered(String id, String username, Judgement standing, Optional<Instant> lockedUntil) {}
