package io.sallyport.rest;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Trail;
import io.sallyport.factor.BegunEnrollment;
import io.sallyport.factor.Revocation;
import io.sallyport.factor.Status;
import io.sallyport.json.Problem;
import io.sallyport.verify.Concerning;
import io.sallyport.verify.FreshProof;
import io.sallyport.verify.RemovalGuard;
import java.util.List;
import java.util.Optional;
import org.keycloak.credential.CredentialModel;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Takes a factor, or what waits to become one, from the caller, who has proved one just now. */
final class RevokeCall {

    private final Caller caller;
    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;

    RevokeCall(Caller caller) {
        this.caller = caller;
        this.session = caller.session();
        this.realm = caller.realm();
        this.user = caller.user();
    }

    /** Removes it; the proof is asked for before anything is looked up. */
    void of(String enrollmentId) {
        Refusals refusals = new Refusals(caller);
        refusals.ifLocked();
        if (!FreshProof.of(session, realm, caller.place().visit(session, user))) {
            throw refusals.unproved();
        }
        RemovalGuard guard = new RemovalGuard(session, realm);
        Optional<CredentialModel> factor = Fields.plain(enrollmentId)
                .flatMap(id -> Optional.ofNullable(user.credentialManager().getStoredCredentialById(id)))
                .filter(guard::concerns);
        if (factor.isPresent()) {
            guard.refusesRemoval(user, enrollmentId).ifPresent(refusal -> {
                throw refusal == RemovalGuard.Refusal.LAST_FACTOR ? refusals.lastFactor() : refusals.unproved();
            });
            remove(factor.get());
        } else {
            abandon(enrollmentId);
        }
    }

    /** The store revokes the enrollment, on the record, and tells the user. */
    private void remove(CredentialModel factor) {
        if (!user.credentialManager().removeStoredCredentialById(factor.getId())) {
            throw Problem.NOT_FOUND.exception(session, List.of());
        }
        new EventBuilder(realm, session, session.getContext().getConnection())
                .event(EventType.REMOVE_CREDENTIAL)
                .client(caller.client())
                .user(user)
                .session(caller.userSession())
                .detail(Details.CREDENTIAL_TYPE, factor.getType())
                .detail(Details.CREDENTIAL_ID, factor.getId())
                .detail(Details.CREDENTIAL_USER_LABEL, factor.getUserLabel())
                .success();
    }

    private void abandon(String enrollmentId) {
        BegunEnrollment begun = Fields.plain(enrollmentId)
                .flatMap(id -> BegunEnrollment.find(session, realm.getId(), user.getId(), id))
                .filter(found -> found.status() == Status.ENROLLED && !found.isOver())
                .orElseThrow(() -> Problem.NOT_FOUND.exception(session, List.of()));
        new Revocation(session).revoke(begun.id(), realm.getId(), user.getId(), begun.method());
        Trail.record(
                session,
                realm,
                Concerning.user(session, realm, user, MfaEventType.DEACTIVATED)
                        .client(Optional.of(caller.client().getClientId()))
                        .session(caller.userSession().getId())
                        .with(Detail.METHOD, begun.method().name())
                        .with(Detail.ENROLLMENT_ID, begun.id()));
    }
}
