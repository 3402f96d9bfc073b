package io.sallyport.audit.outbox;

import io.sallyport.event.MfaEventType;
import io.sallyport.event.sink.MfaEventSink;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Which sinks want to hear of something. */
final class Wishes {

    private static final Logger LOG = Logger.getLogger(Wishes.class);

    private Wishes() {}

    /** Their ids; of a realm that is gone nobody hears. */
    static List<String> of(KeycloakSession session, String realmId, MfaEventType type, Map<String, String> details) {
        RealmModel realm = session.realms().getRealm(realmId);
        return realm == null
                ? List.of()
                : session.getKeycloakSessionFactory()
                        .getProviderFactoriesStream(MfaEventSink.class)
                        .map(factory -> factory.getId())
                        .filter(sink -> isWanted(session, sink, realm, type, details))
                        .toList();
    }

    /** A sink that breaks is no reason to refuse somebody, nor to lose an event. */
    private static boolean isWanted(
            KeycloakSession session, String sink, RealmModel realm, MfaEventType type, Map<String, String> details) {
        try {
            return session.getProvider(MfaEventSink.class, sink).wants(realm, type, details);
        } catch (RuntimeException broken) {
            LOG.errorf(broken, "The sink %s does not say whether it wants %s", sink, type.wireName());
            return true;
        }
    }
}
