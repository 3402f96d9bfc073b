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
import org.keycloak.models.KeycloakSessionTask;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.storage.StorageId;
import org.keycloak.storage.UserStorageProviderModel;

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
        List<String> realms = new ArrayList<>();
        attempt("all realms", session -> realms.addAll(new UntoldLocks(session).realms()));
        realms.forEach(this::realm);
    }

    /** Until one fails: a directory that does not answer is asked once in a round, and keeps no other realm waiting for long. */
    private void realm(String realmId) {
        String what = "realm " + realmId;
        List<UntoldLock> overdue = new ArrayList<>();
        attempt(what, session -> overdue.addAll(new UntoldLocks(session).overdue(realmId)));
        for (UntoldLock lock : overdue) {
            if (!attempt(what, session -> tell(session, lock, true))) {
                attempt(what + ", which waits", session -> new UntoldLocks(session).postpone(lock));
                return;
            }
        }
    }

    static void tell(KeycloakSession session, UntoldLock lock, boolean shown) {
        Optional<RealmModel> realm = Optional.ofNullable(session.realms().getRealm(lock.realmId()));
        realm.ifPresent(session.getContext()::setRealm);
        Optional<UserModel> user = realm.map(found -> session.users().getUserById(found, lock.userId()));
        if (user.isEmpty()
                && realm.filter(found -> isAway(found, lock.userId())).isPresent()) {
            new UntoldLocks(session).postpone(lock);
            return;
        }
        if (user.isEmpty()) {
            new UntoldLocks(session).remove(lock.realmId(), lock.userId(), lock.until());
            return;
        }
        LateLock.tell(session, realm.get(), user.get(), lock, shown);
    }

    /** Whoever is in a directory that is switched off is not seen, and not gone. */
    static boolean isAway(RealmModel realm, String userId) {
        return Optional.ofNullable(new StorageId(userId).getProviderId())
                .flatMap(id -> Optional.ofNullable(realm.getComponent(id)))
                .filter(directory -> !new UserStorageProviderModel(directory).isEnabled())
                .isPresent();
    }

    /** What fails, by an error too, is tried again in a later round; thrown on, it would end all rounds. */
    private boolean attempt(String what, KeycloakSessionTask work) {
        try {
            KeycloakModelUtils.runJobInTransaction(sessions, work);
            failing.remove(what);
            return true;
        } catch (Throwable failure) {
            if (failing.add(what)) {
                LOG.errorf(failure, "Locks of %s have no row yet, and that is tried again without further words", what);
            }
            return false;
        }
    }
}
