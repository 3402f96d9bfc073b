package io.sallyport.verify;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import io.sallyport.factor.SecondFactor;
import io.sallyport.factor.SecondFactors;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Makes a pending enrollment active by its first valid answer, through the same chain as every other verification. */
public final class Activation {

    private final KeycloakSession session;
    private final RealmModel realm;

    /** Activations in the session's transaction. */
    public Activation(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /**
     * Verifies the first answer of a pending enrollment; on success the user has a new factor, called by the label.
     *
     * @param enrollmentId the user's own pending enrollment
     * @param allowed asked once the answer is known to be right: whether he may have the factor still
     */
    public Verification activate(Attempt attempt, String enrollmentId, String label, BooleanSupplier allowed) {
        SecondFactor factor = new SecondFactors(session).of(attempt.method()).orElseThrow();
        Verification result = new Verifier(session, realm)
                .verify(
                        attempt,
                        Verifier.uncomparable(attempt, factor, factor.wellFormedFirst(attempt.answer())),
                        new PendingTrial(session, realm, factor, attempt, enrollmentId, label, allowed));
        if (result instanceof Verification.Verified) {
            Trail.record(
                    session,
                    realm,
                    Ruling.on(session, realm, attempt.event(MfaEventType.ACTIVATED, Outcome.SUCCESS))
                            .with(Detail.ENROLLMENT_ID, enrollmentId));
            Optional.ofNullable(attempt.user().credentialManager().getStoredCredentialById(enrollmentId))
                    .ifPresent(credential -> CredentialChange.added(session, realm, attempt, credential));
            Notices.tell(session, realm, attempt.user(), Notice.ENROLLED, attempt.method());
        }
        return result;
    }
}
