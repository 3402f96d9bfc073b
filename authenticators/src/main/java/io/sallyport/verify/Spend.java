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
    private final CallRate.By by;
    private final ActionApprovals approvals;

    /**
     * The approvals of this user at this place.
     *
     * @param by whose refusals are counted as his
     */
    public Spend(KeycloakSession session, RealmModel realm, Place place, UserModel user, CallRate.By by) {
        this.session = session;
        this.realm = realm;
        this.place = place;
        this.user = user;
        this.by = by;
        this.approvals = new ActionApprovals(session, realm);
    }

    /**
     * Spends the approval if it stands for this. One of the user's own that stood for something else is void from now on.
     *
     * @param what whether the details are those that were approved
     * @return the refusal; empty if the approval is spent now
     */
    public Optional<Recorded> of(String approvalId, String actionType, Predicate<Approval> what) {
        Optional<Approval> given =
                new Approvals(session).known(approvalId).filter(approval -> approval.isGiven(approvals.now()));
        boolean his = given.isPresent()
                && approvals.find(place, user, approvalId).isPresent()
                && given.get().clientId().equals(place.clientId());
        boolean same = his && given.get().actionType().equals(actionType) && what.test(given.get());
        if (same && spent(given.get())) {
            return Optional.empty();
        }
        return Optional.of(given.isPresent() && !same ? stretched(approvalId, actionType) : without(actionType));
    }

    /** He has none; that he tried is on the record. */
    public Recorded without(String actionType) {
        return denial(actionType, "no_approval").record(session);
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

    /** One of his is void, whatever else he tries; for one that is not his, or is void already, nothing changes. */
    private Recorded stretched(String approvalId, String actionType) {
        Denial denial = denial(actionType, "approval_mismatch");
        return OwnTransaction.instead(
                session,
                own -> new Approvals(own).revoke(approvalId, by.userId())
                        ? denial.recordAlways(own)
                        : denial.recordHere(own));
    }

    private Denial denial(String actionType, String reason) {
        return Denial.ruled(
                CallRate.Kind.REFUSED_ACTION,
                by,
                MfaEvent.of(MfaEventType.FAILED, Outcome.FAILURE)
                        .user(by.userId())
                        .client(Optional.of(by.clientId()))
                        .session(by.place())
                        .with(Detail.ACTION, actionType)
                        .with(Detail.REASON, reason));
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
