package io.sallyport.verify;

import io.sallyport.factor.SecondFactors;
import io.sallyport.policy.Method;
import io.sallyport.provider.EnrollmentProof;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * A fresh proof that an application asks for, whatever the policy says: by a factor, so that neither a recovery code nor a
 * waiver stands for it.
 */
public final class StepUp {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Visit visit;
    private final SecondFactors factors;

    /** The step-up of one visit. */
    public StepUp(KeycloakSession session, RealmModel realm, Visit visit) {
        this.session = session;
        this.realm = realm;
        this.visit = visit;
        this.factors = new SecondFactors(session);
    }

    /** What is left to do. */
    public enum Next {
        /** It was proved just now. */
        NOTHING,
        PROVE,
        /** He has nothing to prove, and may set something up. */
        ENROLL,
        /** He has nothing to prove, and can't have anything here. */
        UNMET
    }

    /** Where the user stands. */
    public Next next() {
        if (FreshProof.of(session, realm, visit)) {
            return Next.NOTHING;
        }
        if (!ways().isEmpty()) {
            return Next.PROVE;
        }
        return mayBegin() ? Next.ENROLL : Next.UNMET;
    }

    /** The methods that he has and that count. */
    public Set<Method> ways() {
        return new Assessments(session, realm)
                .of(visit)
                .demanded()
                .match(
                        skip -> factors.enrolled(realm, visit.user()),
                        challenge -> challenge.usable(),
                        enroll -> Set.of(),
                        deny -> Set.of());
    }

    /** Enrollment itself decides again, and says why not; this only keeps people from a page that could but refuse. */
    private boolean mayBegin() {
        boolean proofLess = RealmSettings.of(session, realm).get(Setting.ENROLLMENT_PROOF) == EnrollmentProof.PASSWORD
                && !factors.everHeld(realm, visit.user());
        return !factors.available(realm).isEmpty()
                && (proofLess || !factors.lastResorts(realm, visit.user()).isEmpty());
    }
}
