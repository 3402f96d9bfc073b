package io.sallyport.journey;

/** Our page that says that codes are refused for a while. */
public record LockedPage(Html html) implements Page {

    @Override
    public String describe() {
        return "the page of a locked user: " + html.describe();
    }
}
