package io.sallyport.population.simulation;

/** Who follows a simulation while it runs; an exception of his ends it. */
public interface Audience {

    /** Somebody who is listed: affected, asked for, and after the cursor. */
    void affected(Affected affected);

    /** So many users of all have been looked at. */
    void progress(long done, long total);
}
