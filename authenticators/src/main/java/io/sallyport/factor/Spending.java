package io.sallyport.factor;

/** What became of spending a right answer. */
public enum Spending {
    SPENT,
    /** It was used before, or a newer one was. */
    REPLAY,
    /** The counter of a key went back: somebody may have copied it. */
    POSSIBLE_CLONE
}
