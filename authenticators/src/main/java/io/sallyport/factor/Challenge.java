package io.sallyport.factor;

import io.sallyport.policy.Method;
import java.time.Instant;
import java.util.Optional;

/**
 * An open challenge, as its factor compares an answer with it.
 *
 * @param id 256 random bits
 * @param method the method that it asks for
 * @param purpose what the proof is for
 * @param enrollmentId the enrollment that was asked; absent if any of the method will do
 * @param kept what the factor kept to compare the answer with
 * @param expiresAt end of its life, by the clock of the database
 */
public record Challenge(
        String id, Method method, Purpose purpose, Optional<String> enrollmentId, String kept, Instant expiresAt) {
    @Override
    public String toString() {
        return "Challenge[" + method + ", " + purpose + "]";
    }
}
