package io.sallyport.journey;

/** Any other page: logout, device code, consent, … */
public record OtherPage(Html html) implements Page {

    @Override
    public String describe() {
        return "some other page: " + html.describe();
    }
}
