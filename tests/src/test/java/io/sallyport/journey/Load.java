package io.sallyport.journey;

import java.time.Duration;

/** One kind of work that somebody does in the storm, over and over; each is done by one thread. */
interface Load {

    /** Does it once, as far as it goes. */
    void once() throws Exception;

    /** How long until he does it again: the storm is no measurement, and what is rare in life is rare here. */
    default Duration pause() {
        return Duration.ofMillis(20);
    }
}
