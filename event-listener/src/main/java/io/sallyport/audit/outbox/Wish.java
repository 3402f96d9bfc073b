package io.sallyport.audit.outbox;

import io.sallyport.audit.store.OutboxRow;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.sink.MfaEventSink;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * That a sink is to tell somebody of something.
 *
 * @param addressee see {@link MfaEventSink#addressees}
 */
record Wish(String sink, String addressee) {

    private static final Logger LOG = Logger.getLogger(Wish.class);

    /** One for each sink and addressee that want it; of a realm that is gone nobody hears. */
    static List<Wish> of(KeycloakSession session, String realmId, MfaEventType type, Map<String, String> details) {
        RealmModel realm = session.realms().getRealm(realmId);
        return realm == null
                ? List.of()
                : session.getKeycloakSessionFactory()
                        .getProviderFactoriesStream(MfaEventSink.class)
                        .map(factory -> factory.getId())
                        .flatMap(sink -> addressees(session, sink, realm, type, details).stream()
                                .map(addressee -> new Wish(sink, addressee)))
                        .toList();
    }

    /** A sink that breaks is no reason to refuse somebody, nor to lose an event; a JAR that lacks a class breaks by an error. */
    private static Set<String> addressees(
            KeycloakSession session, String sink, RealmModel realm, MfaEventType type, Map<String, String> details) {
        try {
            Set<String> all = session.getProvider(MfaEventSink.class, sink).addressees(realm, type, details);
            all.forEach(OutboxRow::checkAddressee);
            return all;
        } catch (RuntimeException | Error broken) {
            LOG.errorf(broken, "The sink %s does not say whether it wants %s", sink, type.wireName());
            return Set.of(MfaEventSink.ONLY);
        }
    }
}
