package io.sallyport.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TimerTask;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Tells the locks that nobody was told of, because something of ours broke in between. Every node looks. */
final class LateLockRound extends TimerTask {

    private static final Logger LOG = Logger.getLogger(LateLockRound.class);

    private final KeycloakSessionFactory sessions;
    private final Set<String> failing = new HashSet<>();

    LateLockRound(KeycloakSessionFactory sessions) {
        this.sessions = sessions;
    }

    @Override
    public void run() {
        List<UntoldLock> overdue = new ArrayList<>();
        attempt(
                "all realms",
                () -> KeycloakModelUtils.runJobInTransaction(
                        sessions, session -> overdue.addAll(new UntoldLocks(session).overdue())));
        overdue.forEach(lock -> attempt(
                "realm " + lock.realmId(),
                () -> KeycloakModelUtils.runJobInTransaction(sessions, session -> tell(session, lock))));
    }

    static void tell(KeycloakSession session, UntoldLock lock) {
        Optional<RealmModel> realm = Optional.ofNullable(session.realms().getRealm(lock.realmId()));
        realm.ifPresent(session.getContext()::setRealm);
        Optional<UserModel> user = realm.map(found -> session.users().getUserById(found, lock.userId()));
        if (user.isEmpty()) {
            new UntoldLocks(session).remove(lock.realmId(), lock.userId(), lock.until());
            return;
        }
        LateLock.tell(session, realm.get(), user.get(), lock);
    }

    /** What fails, by an error too, is tried again in the next round; thrown on, it would end all rounds. */
    private void attempt(String what, Runnable work) {
        try {
            work.run();
            failing.remove(what);
        } catch (Throwable failure) {
            if (failing.add(what)) {
                LOG.errorf(failure, "Locks of %s have no row yet, and that is tried again without further words", what);
            }
        }
    }
}
