package io.sallyport.verify;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import io.sallyport.factor.Challenges;
import io.sallyport.provider.DatabaseClock;
import java.time.Instant;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** What a lock brings with it beside the count, where the attempt that began it could not do that itself. */
public final class LateLock {

    private LateLock() {}

    /**
     * Tells the locks of a user that nobody was told of yet, before somebody ends them: so they stand on the record in this order.
     * In transactions of their own, since they are not the work of who ends them, nor come from his address; nothing is shown, for
     * whoever ends them may not see that it is.
     */
    public static void tellFirst(KeycloakSession session, RealmModel realm, UserModel user) {
        new UntoldLocks(session)
                .of(realm.getId(), user.getId())
                .forEach(lock -> KeycloakModelUtils.runJobInTransaction(
                        session.getKeycloakSessionFactory(), own -> LateLockRound.tell(own, lock, false)));
    }

    /**
     * Once for all nodes, in the session's transaction: its row, and, unless somebody has ended the lock or has tried again since it
     * ran out, display, mail, and the end of whatever was pending. Holds the user's count, so that nobody ends the lock meanwhile.
     *
     * @param shown whether it goes on, so that Keycloak's console shows it
     */
    static void tell(KeycloakSession own, RealmModel realm, UserModel user, UntoldLock lock, boolean shown) {
        boolean stands = new Throttle(own).stands(realm, user.getId(), lock.until());
        if (!new UntoldLocks(own).remove(lock.realmId(), lock.userId(), lock.until())) {
            return;
        }
        record(own, realm, user, lock);
        if (stands && shown) {
            show(own, realm, user, lock.until());
        }
        if (stands) {
            Notices.tell(own, realm, user, Notice.LOCKED);
            end(own, realm, user.getId());
        }
    }

    private static void record(KeycloakSession own, RealmModel realm, UserModel user, UntoldLock lock) {
        MfaEvent event = MfaEvent.of(MfaEventType.LOCKED, Outcome.FAILURE)
                .user(user.getId())
                .with(Detail.REASON, "too_many_failures")
                .with(Detail.ATTEMPT, String.valueOf(lock.attempts()))
                .with(Detail.LOCKED_UNTIL, String.valueOf(lock.until().getEpochSecond()));
        Trail.recordHere(own, realm, event);
    }

    private static void show(KeycloakSession own, RealmModel realm, UserModel user, Instant until) {
        if (DatabaseClock.now(own).isBefore(until)) {
            LockDisplay.show(own, realm, user.getId(), until);
        }
    }

    /** A lock ends what its user has pending. */
    static void end(KeycloakSession own, RealmModel realm, String userId) {
        new Challenges(own).voidAll(realm.getId(), userId);
        new TrustedDevices(own, realm).endAll(userId);
        new MfaTokens(own).endAll(realm.getId(), userId);
    }
}
