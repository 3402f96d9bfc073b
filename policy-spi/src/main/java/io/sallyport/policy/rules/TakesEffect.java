package io.sallyport.policy.rules;

/** From when on a changed rule counts for people who are signed in already. */
public enum TakesEffect {
    NEXT_SIGN_IN,
    NEXT_REFRESH
}
