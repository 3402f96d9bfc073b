package io.sallyport.example.payments;

/** One sentence at the top of the next page. */
record Notice(boolean good, String text) {

    static Notice good(String text) {
        return new Notice(true, text);
    }

    static Notice bad(String text) {
        return new Notice(false, text);
    }
}
