package io.sallyport.factor;

import java.util.List;

/**
 * An answer that was right: whose factor it was of, and what must be spent for it to count.
 *
 * @param enrollmentId the enrollment
 * @param step time step or counter of the answer
 * @param amr what the factor alone proves, as RFC 8176 values
 */
public record Match(String enrollmentId, long step, List<String> amr) {

    public Match {
        amr = List.copyOf(amr);
    }
}
