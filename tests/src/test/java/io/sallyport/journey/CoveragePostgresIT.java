package io.sallyport.journey;

/** Coverage on the database of production, which gathers and sorts texts in its own way. */
@Journey
final class CoveragePostgresIT extends CoverageJourneys {

    CoveragePostgresIT(PostgresServer server) {
        super(server.keycloak());
    }
}
