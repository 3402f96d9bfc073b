package io.sallyport.journey;

/** Coverage on the embedded database. */
@Journey
final class CoverageIT extends CoverageJourneys {

    CoverageIT(KeycloakServer server) {
        super(server);
    }
}
