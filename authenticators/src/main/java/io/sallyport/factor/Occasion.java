package io.sallyport.factor;

import java.util.Optional;

/**
 * When and for what a factor is asked.
 *
 * @param challengeId id of the challenge that the question will belong to
 * @param purpose what the proof is for
 * @param enrollmentId the enrollment to ask, active or pending; absent means any of the method
 */
public record Occasion(String challengeId, Purpose purpose, Optional<String> enrollmentId) {}
