package io.sallyport.factor;

import io.sallyport.policy.Method;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An open challenge, as its factor compares an answer with it.
 *
 * @param id 256 random bits
 * @param methods the methods that may answer it
 * @param purpose what the proof is for
 * @param enrollmentId the enrollment that was asked; absent if any of the method will do
 * @param kept what the factor kept to compare the answer with; empty if it kept nothing
 * @param hash what would be approved; absent for every other purpose
 * @param expiresAt end of its life, by the clock of the database
 */
public record Challenge(
        String id,
        Set<Method> methods,
        Purpose purpose,
        Optional<String> enrollmentId,
        String kept,
        Optional<String> hash,
        Instant expiresAt) {

    public Challenge {
        methods = Set.copyOf(methods);
    }

    @Override
    public String toString() {
        return "Challenge[" + methods + ", " + purpose + "]";
    }
}
