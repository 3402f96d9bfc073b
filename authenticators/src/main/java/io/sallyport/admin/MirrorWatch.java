package io.sallyport.admin;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.SettingsMirror;
import io.sallyport.provider.SettingsMirror.Drift;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.AuthDetails;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Restores the attributes of settings when another tool has updated the realm, in that tool's own transaction; its update is
 * refused where that can't be put on the record.
 *
 * <p>Keycloak 26.7 publishes no event of the model for a dropped attribute. The admin event comes after every update of a
 * realm over REST, whether the realm keeps admin events or not, and the restoring itself causes none.
 */
final class MirrorWatch implements EventListenerProvider {

    private static final Logger LOG = Logger.getLogger(MirrorWatch.class);
    private static final String REASON = "mirror_restored";

    private final KeycloakSession session;

    MirrorWatch(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {}

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        if (event.getResourceType() == ResourceType.REALM && event.getOperationType() == OperationType.UPDATE) {
            Optional.ofNullable(session.realms().getRealm(event.getRealmId()))
                    .ifPresent(realm -> restored(
                                    session,
                                    realm,
                                    Optional.ofNullable(event.getAuthDetails()).map(AuthDetails::getUserId))
                            .ifPresent(row -> Prerequisite.of(
                                    session,
                                    "An update of realm " + realm.getName(),
                                    own -> Trail.recordHere(own, own.realms().getRealm(event.getRealmId()), row))));
        }
    }

    @Override
    public void close() {}

    /** Makes the attributes say again what is in force, on the record, where nobody knows who changed them. */
    static void restore(KeycloakSession session, RealmModel realm) {
        restored(session, realm, Optional.empty()).ifPresent(row -> Trail.record(session, realm, row));
    }

    /** What must be on the record of it; absent if they say it already. */
    private static Optional<MfaEvent> restored(KeycloakSession session, RealmModel realm, Optional<String> actor) {
        List<Drift> drift = new ArrayList<>(SettingsMirror.restore(session, realm));
        if (RealmSettings.enabled(session, realm)) {
            AcrMap levels = new AcrMap(realm);
            levels.drift().ifPresent(drift::add);
            levels.putInPlace();
            levels.problems().forEach(problem -> LOG.warnf("Realm %s: %s", realm.getName(), problem));
        }
        if (drift.isEmpty()) {
            return Optional.empty();
        }
        String names = drift.stream().map(Drift::name).collect(Collectors.joining(" "));
        LOG.warnf(
                "Realm %s had other attributes than its settings: %s. Restored; what is in force did not change.",
                realm.getName(), names);
        MfaEvent event = MfaEvent.of(MfaEventType.SETTINGS_CHANGED, Outcome.SUCCESS)
                .with(Detail.REASON, REASON)
                .with(Detail.SETTING, names);
        return Optional.of(actor.map(id -> event.with(Detail.ACTOR, id)).orElse(event));
    }
}
