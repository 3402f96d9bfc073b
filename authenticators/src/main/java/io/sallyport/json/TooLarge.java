package io.sallyport.json;

/** A request has more bytes than anybody needs. */
public final class TooLarge extends RuntimeException {

    TooLarge(int max) {
        super("$: has more than " + max + " bytes");
    }
}
