package io.sallyport.journey;

import io.sallyport.event.sink.MfaEventSink;
import io.sallyport.event.sink.MfaEventSinkFactory;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** The factory of {@link BrokenSink}, as somebody else may put it beside our JAR. */
public final class BrokenSinkFactory implements MfaEventSinkFactory {

    /** Called by Keycloak. */
    public BrokenSinkFactory() {}

    @Override
    public MfaEventSink create(KeycloakSession session) {
        return new BrokenSink();
    }

    @Override
    public String getId() {
        return "broken";
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
