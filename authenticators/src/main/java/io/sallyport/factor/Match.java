package io.sallyport.factor;

/**
 * A code that was right: whose factor it was of, and what must be spent for it to count.
 *
 * @param enrollmentId the enrollment
 * @param step time step or counter of the code
 */
public record Match(String enrollmentId, long step) {}
