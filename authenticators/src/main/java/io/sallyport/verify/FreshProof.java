package io.sallyport.verify;

import io.sallyport.policy.Method;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import java.time.Duration;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Fresh MFA: satisfying evidence of this session, by a factor, younger than the life of a claim. */
public final class FreshProof {

    private FreshProof() {}

    /** Whether this visit has it, by a proof that is not weaker than what it would remove. */
    public static boolean of(KeycloakSession session, RealmModel realm, Visit visit, Method removed) {
        return of(session, realm, visit)
                && new Assessments(session, realm).freshFactor(visit, removed).isPresent();
    }

    /** Whether this visit has it; a locked user has none. */
    public static boolean of(KeycloakSession session, RealmModel realm, Visit visit) {
        Assessment assessment = new Assessments(session, realm).of(visit);
        Duration fresh = RealmSettings.of(session, realm).get(Setting.CLAIM_TTL);
        return new Throttle(session).lockedUntil(realm, visit.user().getId()).isEmpty()
                && assessment
                        .evidence()
                        .filter(evidence -> evidence.method().enrollable())
                        .filter(evidence -> evidence.youngerThan(fresh, assessment.now()))
                        .isPresent();
    }
}
