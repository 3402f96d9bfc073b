package io.sallyport.verify;

import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import io.sallyport.factor.Approval;
import io.sallyport.factor.Approvals;
import io.sallyport.factor.SecondFactor;
import io.sallyport.factor.SecondFactors;
import io.sallyport.policy.action.Action;
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
     * Whether the approval stood for this, and is spent now. One that stood for something else is void from now on.
     *
     * @param what whether the details are those that were approved
     */
    public boolean of(String approvalId, Action action, Predicate<Approval> what) {
        Optional<Approval> given =
                approvals.find(place, user, approvalId).filter(approval -> approval.isGiven(approvals.now()));
        if (given.isEmpty()) {
            return false;
        }
        Approval approval = given.get();
        if (!approval.clientId().equals(place.clientId())
                || !approval.actionType().equals(action.type())
                || !what.test(approval)) {
            revoke(approval);
            return false;
        }
        boolean spent = new Throttle(session).lockedUntil(realm, user.getId()).isEmpty()
                && approvals.current(approval).isPresent()
                && isStillHis(approval)
                && new Approvals(session).spend(approval.id());
        if (spent) {
            Trail.record(
                    session,
                    realm,
                    ActionApprovals.event(
                            MfaEventType.APPROVAL_SPENT, Outcome.SUCCESS, place, user, approval, "authorized"));
        }
        return spent;
    }

    private void revoke(Approval approval) {
        OwnTransaction.call(session, own -> {
            new Approvals(own).revoke(approval.id());
            Trail.recordHere(
                    own,
                    own.getContext().getRealm(),
                    ActionApprovals.event(
                            MfaEventType.FAILED, Outcome.FAILURE, place, user, approval, "approval_mismatch"));
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
