package io.sallyport.enroll;

import io.sallyport.factor.SecondFactors;
import io.sallyport.policy.Method;
import io.sallyport.policy.PolicyDecision;
import io.sallyport.policy.Strength;
import io.sallyport.provider.EnrollmentProof;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import io.sallyport.verify.Assessment;
import io.sallyport.verify.Assessments;
import io.sallyport.verify.Place;
import io.sallyport.verify.SessionBinding;
import io.sallyport.verify.Throttle;
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
import org.keycloak.models.UserSessionModel;

/** Who may enroll what, and what he must prove before. */
public final class EnrollmentRights {

    private final Place place;
    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final SecondFactors factors;

    EnrollmentRights(RequiredActionContext context) {
        this(context.getSession(), context.getRealm(), Place.of(context.getAuthenticationSession()), context.getUser());
    }

    /** Of this user at this place. */
    public EnrollmentRights(KeycloakSession session, RealmModel realm, Place place, UserModel user) {
        this.place = place;
        this.session = session;
        this.realm = realm;
        this.user = user;
        this.factors = new SecondFactors(session);
    }

    /** Whether he may have a factor of this method now. */
    public boolean granted(Method method) {
        return offered().contains(method) && !refused() && !needsProof(method);
    }

    /**
     * The methods that he may enroll, strongest first: those by which he could pass, or he would enroll in circles. Whoever
     * can pass already may have weaker ones beside, for applications that ask for less; but no message is sent where the
     * policy takes none.
     */
    public List<Method> offered() {
        Assessment assessment = assessments().of(visit());
        PolicyDecision decision = assessment.demanded();
        boolean recovering = assessments().isRecovering(visit(), assessment);
        return Stream.of(Method.WEBAUTHN, Method.TOTP, Method.SMS_OTP)
                .filter(factors.available(realm)::contains)
                .filter(method -> decision.match(
                        skip -> true,
                        challenge -> challenge.proof().accepts(method) || (method != Method.SMS_OTP && !recovering),
                        enroll -> enroll.proof().accepts(method),
                        deny -> false))
                .toList();
    }

    /**
     * Whether there is no way: he had a factor once and has nothing now that he could prove, where a new one for a password
     * alone would make a removed factor the way in for whoever stole it; or he never had one, and lacks what the realm asks
     * for before the first; or an administrator acts in his name.
     */
    public boolean refused() {
        return isUnproven() || isImpersonated();
    }

    /** Whether that is because he lacks what the realm asks of whoever enrolls his first factor. */
    boolean lacksFirstProof() {
        return !isImpersonated() && isUnproven() && !factors.everHeld(realm, user);
    }

    private boolean isUnproven() {
        return proofs().isEmpty()
                && (firstProof() != EnrollmentProof.PASSWORD || factors.everHeld(realm, user))
                && assessments().entitlement(visit()).isEmpty(); // his last code, or his pass, just now
    }

    private EnrollmentProof firstProof() {
        return RealmSettings.of(session, realm).get(Setting.ENROLLMENT_PROOF);
    }

    /** Whether he must prove something that he has before he gets another factor of whatever method. */
    boolean needsProof() {
        return !proofs().isEmpty() && assessments().entitlement(visit()).isEmpty();
    }

    /** The same for a factor of this method. */
    public boolean needsProof(Method method) {
        return !proofs(method).isEmpty()
                && assessments().entitlement(visit(), method).isEmpty();
    }

    /** Whether he has just proved a factor, and none that is weaker than the strongest he has. */
    public boolean provedFactor() {
        return assessments().freshFactor(visit(), Method.WEBAUTHN).isPresent();
    }

    /** The same when nobody else changes what he can prove any more, until the transaction ends. */
    public boolean hasProvedFactorStill() {
        new Throttle(session).queue(realm, user.getId());
        return provedFactor();
    }

    /** The factors that he could prove, as strong as the strongest that he has. */
    Set<Method> strongest() {
        Set<Method> proofs = EnumSet.copyOf(proofs(Method.WEBAUTHN));
        proofs.removeIf(method -> !method.enrollable());
        return Collections.unmodifiableSet(proofs);
    }

    /** The factors that he has. */
    Set<Method> enrolled() {
        return factors.enrolled(realm, user);
    }

    /** What he could prove; a message is not sent where the policy would not take it. */
    Set<Method> proofs() {
        PolicyDecision decision = decision();
        Set<Method> proofs = EnumSet.noneOf(Method.class);
        proofs.addAll(enrolled());
        if (decision instanceof PolicyDecision.Challenge challenge) {
            proofs.removeIf(method -> !challenge.proof().accepts(method));
        }
        proofs.addAll(factors.lastResorts(realm, user));
        return Collections.unmodifiableSet(proofs);
    }

    /** What he could prove to get a factor of this method. */
    Set<Method> proofs(Method method) {
        Strength wanted = assessments().wanted(user, method);
        Set<Method> proofs = EnumSet.noneOf(Method.class);
        proofs.addAll(proofs());
        proofs.removeIf(one -> one.enrollable() && Strength.of(one).compareTo(wanted) < 0);
        return Collections.unmodifiableSet(proofs);
    }

    private boolean isImpersonated() {
        UserSessionModel running = session.sessions().getUserSession(realm, place.sessionId());
        return running != null && SessionBinding.isImpersonated(running);
    }

    private PolicyDecision decision() {
        return assessments().of(visit()).demanded();
    }

    private Assessments assessments() {
        return new Assessments(session, realm);
    }

    private Visit visit() {
        return place.visit(session, user);
    }
}
