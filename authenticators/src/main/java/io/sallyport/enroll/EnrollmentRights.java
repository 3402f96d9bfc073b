package io.sallyport.enroll;

import io.sallyport.factor.SecondFactors;
import io.sallyport.policy.Method;
import io.sallyport.policy.PolicyDecision;
import io.sallyport.verify.Assessments;
import io.sallyport.verify.Visit;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Who may enroll what, and what he must prove before. */
final class EnrollmentRights {

    private final RequiredActionContext context;
    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final SecondFactors factors;

    EnrollmentRights(RequiredActionContext context) {
        this.context = context;
        this.session = context.getSession();
        this.realm = context.getRealm();
        this.user = context.getUser();
        this.factors = new SecondFactors(session);
    }

    /** Whether he may have a factor of this method now. */
    boolean granted(Method method) {
        return offered().contains(method) && !refused() && !needsProof();
    }

    /** The methods by which he could pass, strongest first; what is not enough would only be enrolled in circles. */
    List<Method> offered() {
        PolicyDecision decision = new Assessments(session, realm).of(visit()).decision();
        return Stream.of(Method.WEBAUTHN, Method.TOTP, Method.SMS_OTP)
                .filter(factors.available(realm)::contains)
                .filter(method -> decision.match(
                        skip -> true,
                        challenge -> true,
                        enroll -> enroll.proof().accepts(method),
                        deny -> false))
                .toList();
    }

    /**
     * Whether there is no way: he had a factor once and has nothing now that he could prove. A new one for a password
     * alone would make a removed factor the way in for whoever stole it.
     */
    boolean refused() {
        return proofs().isEmpty()
                && factors.everHeld(realm, user)
                && new Assessments(session, realm)
                        .entitlement(visit())
                        .isEmpty(); // his last code, or his pass, just now
    }

    /** Whether he must prove something that he has before he gets another factor. */
    boolean needsProof() {
        return !proofs().isEmpty()
                && new Assessments(session, realm).entitlement(visit()).isEmpty();
    }

    /** Whether he has just proved a factor, and not only that he once had one. */
    boolean provedFactor() {
        return new Assessments(session, realm).freshFactor(visit()).isPresent();
    }

    /** The factors that he could prove. */
    Set<Method> enrolled() {
        return factors.enrolled(realm, user);
    }

    /** The methods that he could prove. */
    Set<Method> proofs() {
        Set<Method> proofs = EnumSet.noneOf(Method.class);
        proofs.addAll(factors.enrolled(realm, user));
        proofs.addAll(factors.lastResorts(realm, user));
        return Collections.unmodifiableSet(proofs);
    }

    private Visit visit() {
        return Visit.of(session, context.getAuthenticationSession(), user);
    }
}
