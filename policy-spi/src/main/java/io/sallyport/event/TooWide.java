package io.sallyport.event;

/** So many rows would have to be looked at that the database was told to stop. */
public final class TooWide extends RuntimeException {

    public TooWide() {
        super("too many rows to look through: name a shorter time with from and to, or one more filter");
    }
}
