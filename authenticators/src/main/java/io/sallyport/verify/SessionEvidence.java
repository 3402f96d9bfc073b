package io.sallyport.verify;

import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;

/**
 * What a session that asks for tokens has proved, read once for each request: ID token and access token of one response
 * say the same.
 *
 * @param assessment the policy's answer and the evidence
 * @param lockedUntil end of the user's lock; absent if he is not locked
 * @param claimTtl how long after the proof claims are written
 */
public record SessionEvidence(Assessment assessment, Optional<Instant> lockedUntil, Duration claimTtl) {

    /** The evidence of this session, for this client. */
    public static SessionEvidence of(
            KeycloakSession session,
            RealmModel realm,
            UserSessionModel userSession,
            ClientModel client,
            boolean refresh) {
        String key = "sallyport.evidence." + userSession.getId() + "." + client.getId();
        SessionEvidence known = session.getAttribute(key, SessionEvidence.class);
        if (known != null) {
            return known;
        }
        SessionEvidence read = new SessionEvidence(
                new Assessments(session, realm).of(Visit.of(userSession, client, refresh)),
                Footing.lock(session, realm, userSession.getUser().getId()),
                RealmSettings.of(session, realm).get(Setting.CLAIM_TTL));
        session.setAttribute(key, read);
        return read;
    }

    /** The evidence that tokens may carry claims of: satisfying, young enough, and its user not locked. */
    public Optional<Evidence> fresh() {
        return assessment
                .evidence()
                .filter(evidence -> lockedUntil.isEmpty() && evidence.youngerThan(claimTtl, assessment.now()));
    }

    /** The same, without what a recovery code is worth: it never stands for a factor where a proof of its own is due. */
    public Optional<Evidence> freshFactor() {
        return fresh().filter(evidence -> evidence.method().enrollable());
    }

    /**
     * Whether the session gets what it asks for. A locked user gets nothing but the refresh of a session that has proved
     * itself, which then carries no claims.
     */
    public Verdict verdict(boolean refresh) {
        boolean proven = assessment.evidence().isPresent();
        if (lockedUntil.isPresent() && !(refresh && proven)) {
            return Verdict.LOCKED;
        }
        return assessment.passes() ? Verdict.PASS : Verdict.MFA_REQUIRED;
    }

    /** The answer to a session. */
    public enum Verdict {
        PASS,
        LOCKED,
        MFA_REQUIRED
    }
}
