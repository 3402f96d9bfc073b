package io.sallyport.provider;

/** What a recovery code is worth. */
public enum RecoverySession {
    /** It leads to enrolling a factor, and through that to tokens. */
    RESTRICTED,
    /** It stands for the lost factor in this session. */
    FULL
}
