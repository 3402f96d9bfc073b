package io.sallyport.event;

/** How the matter of an event ended. */
public enum Outcome {
    SUCCESS,
    FAILURE
}
