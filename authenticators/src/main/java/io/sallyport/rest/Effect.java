package io.sallyport.rest;

import io.sallyport.json.Problem;
import java.util.Map;

/** What a call does, and how it is answered when its caller repeats it. */
interface Effect {

    /** Has the effect. What throws instead had none. */
    Outcome act();

    /**
     * Answers the repetition, without any effect.
     *
     * @param outcome what {@link Had} kept
     */
    Map<String, Object> again(String outcome);

    /** What came of it. */
    sealed interface Outcome {}

    /**
     * The effect was had.
     *
     * @param answer as JSON
     * @param kept at most 255 characters from which the answer can be made again: an id, never a secret
     */
    record Had(Map<String, Object> answer, String kept) implements Outcome {}

    /** The call was refused, and that was counted. */
    record Counted(Problem problem) implements Outcome {}
}
