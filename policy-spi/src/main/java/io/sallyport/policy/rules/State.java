package io.sallyport.policy.rules;

/** Whether a rule decides. */
public enum State {
    ENFORCED,
    /** Looked at and traced, but never deciding. */
    REPORT_ONLY,
    DISABLED
}
