package io.sallyport.verify;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import io.sallyport.factor.Approval;
import io.sallyport.factor.Approvals;
import io.sallyport.factor.SecondFactor;
import io.sallyport.factor.SecondFactors;
import java.util.Optional;
import java.util.function.Predicate;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Spends an approval for what is done now: exactly what was approved, here, once, in time. Everything else is "no". */
public final class Spend {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Place place;
    private final UserModel user;
    private final ActionApprovals approvals;

    /** The approvals of this user at this place. */
    public Spend(KeycloakSession session, RealmModel realm, Place place, UserModel user) {
        this.session = session;
        this.realm = realm;
        this.place = place;
        this.user = user;
        this.approvals = new ActionApprovals(session, realm);
    }

    /**
     * Whether the approval stood for this, and is spent now. One of the user's own that stood for something else is void
     * from now on.
     *
     * @param what whether the details are those that were approved
     */
    public boolean of(String approvalId, String actionType, Predicate<Approval> what) {
        Optional<Approval> given =
                new Approvals(session).known(approvalId).filter(approval -> approval.isGiven(approvals.now()));
        boolean his = given.isPresent()
                && approvals.find(place, user, approvalId).isPresent()
                && given.get().clientId().equals(place.clientId());
        boolean same = his && given.get().actionType().equals(actionType) && what.test(given.get());
        boolean spent = same && spent(given.get());
        if (!spent) {
            refused(approvalId, actionType, given.isPresent() && !same ? "approval_mismatch" : "no_approval");
        }
        return spent;
    }

    /** He has none; that he tried is on the record. */
    public void without(String actionType) {
        refused("", actionType, "no_approval");
    }

    private boolean spent(Approval approval) {
        boolean spent = new Throttle(session).lockedUntil(realm, user.getId()).isEmpty()
                && approvals.current(approval).isPresent()
                && isStillHis(approval)
                && new Approvals(session).spend(approval.id());
        if (spent) {
            Trail.record(
                    session,
                    realm,
                    Ruling.on(
                            session,
                            realm,
                            ActionApprovals.event(
                                    MfaEventType.APPROVAL_SPENT,
                                    Outcome.SUCCESS,
                                    place,
                                    user,
                                    approval,
                                    "authorized")));
        }
        return spent;
    }

    private void refused(String approvalId, String actionType, String reason) {
        OwnTransaction.call(session, own -> {
            if (reason.equals("approval_mismatch")) {
                new Approvals(own).revoke(approvalId, user.getId());
            }
            RealmModel ownRealm = own.getContext().getRealm();
            Trail.recordHere(
                    own,
                    ownRealm,
                    Ruling.on(
                            own,
                            ownRealm,
                            MfaEvent.of(MfaEventType.FAILED, Outcome.FAILURE)
                                    .user(user.getId())
                                    .client(Optional.of(place.clientId()))
                                    .session(place.sessionId())
                                    .with(Detail.ACTION, actionType)
                                    .with(Detail.REASON, reason)));
            return true;
        });
    }

    /** What was proved by a factor that is gone since proves nothing any more. */
    private boolean isStillHis(Approval approval) {
        SecondFactors factors = new SecondFactors(session);
        return approval.by()
                .flatMap(factors::of)
                .map(factor -> holds(factor, approval))
                .orElse(false);
    }

    private boolean holds(SecondFactor factor, Approval approval) {
        return factor.enrollments(realm, user).stream()
                .anyMatch(enrollment -> approval.challenge()
                        .enrollmentId()
                        .filter(enrollment.id()::equals)
                        .isPresent());
    }
}
