package io.sallyport.journey;

/** Keycloak's page that says it can't go on. */
public record ErrorPage(Html html) implements Page {

    /** What it says. */
    public String message() {
        return html.message();
    }

    @Override
    public String describe() {
        return "an error page: " + html.describe();
    }
}
