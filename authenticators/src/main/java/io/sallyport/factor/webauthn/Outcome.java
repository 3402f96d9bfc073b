package io.sallyport.factor.webauthn;

import java.util.Optional;
import java.util.function.Supplier;

/** How a ceremony ended. The reason of a refusal is for the log and the audit; the user sees one text for all. */
public sealed interface Outcome<T> {

    /** What was proven; empty if the answer was refused. */
    Optional<T> passed();

    /**
     * Every step held.
     *
     * @param value what they proved
     */
    record Passed<T>(T value) implements Outcome<T> {
        @Override
        public Optional<T> passed() {
            return Optional.of(value);
        }
    }

    /**
     * A step did not hold.
     *
     * @param reason which one, in our own words
     */
    record Failed<T>(String reason) implements Outcome<T> {
        @Override
        public Optional<T> passed() {
            return Optional.empty();
        }
    }

    /** Runs the steps. */
    static <T> Outcome<T> of(Supplier<T> steps) {
        try {
            return new Passed<>(steps.get());
        } catch (Refused refused) {
            return new Failed<>(String.valueOf(refused.getMessage()));
        }
    }
}
