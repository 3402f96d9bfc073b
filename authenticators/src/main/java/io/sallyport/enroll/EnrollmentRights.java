package io.sallyport.enroll;

import io.sallyport.factor.SecondFactors;
import io.sallyport.policy.Method;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import io.sallyport.verify.Assessment;
import io.sallyport.verify.Assessments;
import io.sallyport.verify.Visit;
import java.time.Duration;
import java.util.Set;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Who may enroll an authenticator app, and what he must prove before. */
final class EnrollmentRights {

    private final RequiredActionContext context;
    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;

    EnrollmentRights(RequiredActionContext context) {
        this.context = context;
        this.session = context.getSession();
        this.realm = context.getRealm();
        this.user = context.getUser();
    }

    /** Whether he may have the factor now. */
    boolean granted() {
        return !refused() && !needsProof();
    }

    /**
     * Whether there is no way: the realm does not let people enroll the method, it is not what the policy asks of him, or
     * he had a factor once and has none now that he could prove. A new one for a password alone would make a removed
     * factor the way in for whoever stole it.
     */
    boolean refused() {
        return !new SecondFactors(session).available(realm).contains(Method.TOTP)
                || (enrolled().isEmpty() && new SecondFactors(session).everHeld(realm, user))
                || !leadsIn();
    }

    /** Whether he could pass with it; what is not enough would only be enrolled in circles. */
    private boolean leadsIn() {
        return assess().decision()
                .match(skip -> true, challenge -> true, enroll -> enroll.proof().accepts(Method.TOTP), deny -> false);
    }

    /** Whether he must prove a factor that he has before he gets another one. */
    boolean needsProof() {
        if (enrolled().isEmpty()) {
            return false;
        }
        Assessment assessment = assess();
        Duration fresh = RealmSettings.of(session, realm).get(Setting.CLAIM_TTL);
        return assessment
                .evidence()
                .filter(evidence -> evidence.youngerThan(fresh, assessment.now()))
                .isEmpty();
    }

    private Assessment assess() {
        return new Assessments(session, realm).of(Visit.of(session, context.getAuthenticationSession(), user));
    }

    /** The methods that he could prove. */
    Set<Method> enrolled() {
        return new SecondFactors(session).enrolled(realm, user);
    }
}
