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

/** What a lock brings with it beside the count, where the attempt that began it could not do that itself. */
final class LateLock {

    private LateLock() {}

    /** Once for all nodes: row, display, mail, and the end of whatever is pending; in the session's transaction. */
    static void tell(KeycloakSession own, RealmModel realm, UserModel user, UntoldLock lock) {
        if (!new UntoldLocks(own).remove(lock.realmId(), lock.userId(), lock.until())) {
            return;
        }
        MfaEvent event = MfaEvent.of(MfaEventType.LOCKED, Outcome.FAILURE)
                .user(user.getId())
                .with(Detail.REASON, "too_many_failures")
                .with(Detail.ATTEMPT, String.valueOf(lock.attempts()))
                .with(Detail.LOCKED_UNTIL, String.valueOf(lock.until().getEpochSecond()));
        Trail.recordHere(own, realm, event);
        Instant now = DatabaseClock.now(own);
        if (now.isBefore(lock.until())) {
            LockDisplay.show(own, realm, user.getId(), lock.until());
        }
        Notices.tell(own, realm, user, Notice.LOCKED);
        end(own, realm, user.getId());
    }

    /** A lock ends what its user has pending. */
    static void end(KeycloakSession own, RealmModel realm, String userId) {
        new Challenges(own).voidAll(realm.getId(), userId);
        new TrustedDevices(own, realm).endAll(userId);
        new MfaTokens(own).endAll(realm.getId(), userId);
    }
}
