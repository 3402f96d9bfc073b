package io.sallyport.factor;

import java.util.Map;
import java.util.Optional;

/**
 * What a factor asks.
 *
 * @param kept what the answer will be compared with; it stays on the server
 * @param shown what the page needs to ask it
 * @param delivery what must be sent once the question is committed; absent if the page itself asks
 */
public record Question(String kept, Map<String, Object> shown, Optional<Delivery> delivery) {

    public Question {
        shown = Map.copyOf(shown);
    }

    @Override
    public String toString() {
        return "Question[***]";
    }

    /** Sends what was asked; run outside of any transaction, at most once. */
    public interface Delivery {

        /** What became of it. */
        Handover send();
    }
}
