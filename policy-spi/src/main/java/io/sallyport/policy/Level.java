package io.sallyport.policy;

/** The levels of the policy, most specific first: the first one with an answer decides. */
public enum Level {
    USER,
    GROUP,
    TENANT,
    GLOBAL
}
