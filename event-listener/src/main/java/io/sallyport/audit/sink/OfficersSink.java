package io.sallyport.audit.sink;

import io.sallyport.event.MfaEventType;
import io.sallyport.event.sink.MfaEventSink;
import io.sallyport.provider.EventsSetting;
import io.sallyport.provider.MailServer;
import io.sallyport.provider.RealmSettings;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Mails to the security officers of a realm: locks, changes of what protects it, and, where nobody else answers for it, that an exception ends. */
final class OfficersSink implements MfaEventSink {

    /** With the message key of the subject. */
    private static final Map<MfaEventType, String> SUBJECTS = Map.of(
            MfaEventType.LOCKED, "mfaAlertLocked",
            MfaEventType.POLICY_CREATED, "mfaAlertPolicyCreated",
            MfaEventType.POLICY_UPDATED, "mfaAlertPolicyUpdated",
            MfaEventType.POLICY_DELETED, "mfaAlertPolicyDeleted",
            MfaEventType.SETTINGS_CHANGED, "mfaAlertSettings",
            MfaEventType.EXCEPTION_ENDING, "mfaAlertException");

    private final KeycloakSession session;

    OfficersSink(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public boolean wants(RealmModel realm, MfaEventType type, Map<String, String> details) {
        return !addressees(realm, type, details).isEmpty();
    }

    @Override
    public Set<String> addressees(RealmModel realm, MfaEventType type, Map<String, String> details) {
        if (type == MfaEventType.EXCEPTION_ENDING
                && Owner.of(session, realm, details).isPresent()) {
            return Set.of(Owner.ADDRESSEE);
        }
        return SUBJECTS.containsKey(type) ? Recipients.of(officers(realm), details) : Set.of();
    }

    @Override
    public Optional<Route> route(RealmModel realm) {
        return Optional.of(new OfficersRoute(
                session.getKeycloakSessionFactory(), realm.getId(), MailServer.of(realm), officers(realm), SUBJECTS));
    }

    private Set<String> officers(RealmModel realm) {
        return RealmSettings.of(session, realm).get(EventsSetting.OFFICERS);
    }
}
