package io.sallyport.audit.sink;

import io.sallyport.event.sink.MfaEventSink;
import io.sallyport.event.sink.MfaEventSinkFactory;
import io.sallyport.provider.StatelessFactory;
import org.keycloak.models.KeycloakSession;

/** Alerts by mail, to whom the realm names in {@code mfa.events.officers}. */
public final class OfficersSinkFactory implements MfaEventSinkFactory, StatelessFactory<MfaEventSink> {

    @Override
    public MfaEventSink create(KeycloakSession session) {
        return new OfficersSink(session);
    }

    @Override
    public String getId() {
        return "officers";
    }
}
