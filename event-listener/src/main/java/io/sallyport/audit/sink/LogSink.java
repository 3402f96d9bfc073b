package io.sallyport.audit.sink;

import io.sallyport.event.MfaEventType;
import io.sallyport.event.sink.Delivery;
import io.sallyport.event.sink.MfaEventSink;
import io.sallyport.provider.EventsSetting;
import io.sallyport.provider.RealmSettings;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Each event as one line of JSON in the server's log. */
final class LogSink implements MfaEventSink {

    /** A category of its own, so that a log collector can tell events from other lines. */
    private static final Logger LOG = Logger.getLogger("io.sallyport.events");

    private final KeycloakSession session;

    LogSink(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public boolean wants(RealmModel realm, MfaEventType type, Map<String, String> details) {
        return RealmSettings.of(session, realm).get(EventsSetting.LOG);
    }

    @Override
    public Optional<Route> route(RealmModel realm) {
        return Optional.of(event -> {
            if (!LOG.isInfoEnabled()) {
                return Delivery.tryAgain("the category io.sallyport.events is not logged at INFO");
            }
            LOG.info(event.json());
            return Delivery.accepted();
        });
    }
}
