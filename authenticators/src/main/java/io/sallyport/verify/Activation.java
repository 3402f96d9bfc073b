package io.sallyport.verify;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import io.sallyport.factor.Match;
import io.sallyport.factor.PendingTotp;
import io.sallyport.factor.totp.CodeText;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Makes a pending enrollment active by its first valid code, through the same chain as every other verification. */
public final class Activation {

    private final KeycloakSession session;
    private final RealmModel realm;

    /** Activations in the session's transaction. */
    public Activation(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /**
     * Verifies the first code of a pending enrollment; on success the user has a new factor, called by the label.
     *
     * @param enrollmentId the user's own pending enrollment
     * @param allowed asked once the code is known to be right: whether he may have the factor still
     */
    public Verification activate(Attempt attempt, String enrollmentId, String label, BooleanSupplier allowed) {
        Verification result = new Verifier(session, realm)
                .verify(attempt, CodeText.wellFormed(attempt.answer()), new Trial() {
                    @Override
                    public void prepare(KeycloakSession own, RealmModel ownRealm, UserModel user) {
                        // the row was made when the enrollment began
                    }

                    @Override
                    public Optional<Match> compare() {
                        return pending().flatMap(pending -> pending.compare(attempt.answer()));
                    }

                    @Override
                    public boolean spend(Match match) {
                        return allowed.getAsBoolean()
                                && pending()
                                        .filter(pending -> pending.activate(match, label))
                                        .isPresent();
                    }

                    private Optional<PendingTotp> pending() {
                        return PendingTotp.find(session, realm, attempt.user(), enrollmentId);
                    }
                });
        if (result instanceof Verification.Verified) {
            Trail.record(
                    session,
                    realm,
                    MfaEvent.of(MfaEventType.ACTIVATED, Outcome.SUCCESS)
                            .user(attempt.user().getId())
                            .client(attempt.clientId())
                            .with(Detail.METHOD, attempt.method().name())
                            .with(Detail.ENROLLMENT_ID, enrollmentId));
        }
        return result;
    }
}
