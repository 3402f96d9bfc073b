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

    /** Verifies the first code of this pending enrollment; on success the user has a new factor, called by the label. */
    public Verification activate(Attempt attempt, PendingTotp pending, String label) {
        Verification result = new Verifier(session, realm)
                .verify(attempt, CodeText.wellFormed(attempt.answer()), new Trial() {
                    @Override
                    public void prepare(KeycloakSession own, RealmModel ownRealm, UserModel user) {
                        // the row was made when the enrollment began
                    }

                    @Override
                    public Optional<Match> compare() {
                        return pending.compare(attempt.answer());
                    }

                    @Override
                    public boolean spend(Match match) {
                        return pending.activate(match, label);
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
                            .with(Detail.ENROLLMENT_ID, pending.id()));
        }
        return result;
    }
}
