package io.sallyport.journey;

/** How somebody stands with MFA when a token is asked for: the columns of the table of grants. */
enum Standing {
    UNASKED("nothing is required of him"),
    UNPROVEN("no proof, and one is required"),
    FRESH("a fresh proof"),
    STALE("a proof that is too old for claims"),
    OUTDATED("a proof that is older than the rule's max_age"),
    LOCKED("a fresh proof, and a lock since"),
    FACTOR_REMOVED("a fresh proof by a factor that is gone"),
    STRICTER_AT_SIGN_IN("a fresh proof, and a stricter rule since, NEXT_SIGN_IN"),
    STRICTER_AT_REFRESH("a fresh proof, and a stricter rule since, NEXT_REFRESH");

    private final String words;

    Standing(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
