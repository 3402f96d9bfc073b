package io.sallyport.factor.email;

/** Something to be done with somebody outside, who may never answer. */
interface Errand {

    /** Does it; whatever it throws, it is not done. */
    void run();

    /** It is not done, or not in time; called once at most, and never after it is done. */
    void lost(String why, Throwable cause);
}
