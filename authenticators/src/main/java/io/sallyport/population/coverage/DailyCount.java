package io.sallyport.population.coverage;

import io.sallyport.provider.RealmSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TimerTask;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Counts every realm with MFA once a day (UTC). Each node looks; of two that count at the same time one keeps its count. */
final class DailyCount extends TimerTask {

    private static final Logger LOG = Logger.getLogger(DailyCount.class);

    private final KeycloakSessionFactory sessions;
    private final Set<String> failing = new HashSet<>();

    DailyCount(KeycloakSessionFactory sessions) {
        this.sessions = sessions;
    }

    @Override
    public void run() {
        List<String> realms = new ArrayList<>();
        attempt("all", () -> KeycloakModelUtils.runJobInTransaction(sessions, session -> realms.addAll(due(session))));
        realms.forEach(id ->
                attempt(id, () -> KeycloakModelUtils.runJobInTransaction(sessions, session -> count(session, id))));
    }

    private static List<String> due(KeycloakSession session) {
        Set<String> counted = CoverageDays.countedToday(session);
        return session.realms()
                .getRealmsStream()
                .filter(realm -> !counted.contains(realm.getId()) && RealmSettings.enabled(session, realm))
                .map(RealmModel::getId)
                .toList();
    }

    private static void count(KeycloakSession session, String realmId) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm != null) {
            session.getContext().setRealm(realm);
            new CoverageDays(session, realm).count();
        }
    }

    /** What fails is tried again in the next round; thrown on, it would end all rounds and keep other realms waiting. */
    private void attempt(String realm, Runnable work) {
        try {
            work.run();
            failing.remove(realm);
        } catch (Throwable failure) { // an error too
            // the first time another node may just have been quicker
            LOG.logf(
                    failing.add(realm) ? Logger.Level.DEBUG : Logger.Level.ERROR,
                    failure,
                    "The coverage of realm %s is not counted, and that is tried again",
                    realm);
        }
    }
}
