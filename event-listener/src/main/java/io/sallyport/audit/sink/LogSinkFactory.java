package io.sallyport.audit.sink;

import io.sallyport.event.sink.MfaEventSink;
import io.sallyport.event.sink.MfaEventSinkFactory;
import io.sallyport.provider.StatelessFactory;
import org.keycloak.models.KeycloakSession;

/** Events in the log, where a realm wants them by {@code mfa.events.log}. */
public final class LogSinkFactory implements MfaEventSinkFactory, StatelessFactory<MfaEventSink> {

    @Override
    public MfaEventSink create(KeycloakSession session) {
        return new LogSink(session);
    }

    @Override
    public String getId() {
        return "log";
    }
}
