package io.sallyport.factor;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * When and for what a factor is asked.
 *
 * @param challengeId id of the challenge that the question will belong to
 * @param purpose what the proof is for
 * @param enrollmentId the enrollment to ask, active or pending; absent means any of the method
 * @param address the range of the client's address that messages are counted by; absent if none is known
 * @param tenants ids of the organizations that count
 * @param transaction what would be approved; absent for every other purpose
 * @param locale the language of the page or call, which another transaction would not know
 */
public record Occasion(
        String challengeId,
        Purpose purpose,
        Optional<String> enrollmentId,
        Optional<String> address,
        List<String> tenants,
        Optional<Transaction> transaction,
        Locale locale) {

    public Occasion {
        tenants = List.copyOf(tenants);
    }

    /** The same where these organizations count. */
    public Occasion of(List<String> counting) {
        return new Occasion(challengeId, purpose, enrollmentId, address, counting, transaction, locale);
    }
}
