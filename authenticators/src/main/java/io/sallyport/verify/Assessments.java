package io.sallyport.verify;

import io.sallyport.factor.SecondFactors;
import io.sallyport.factor.Suspension;
import io.sallyport.policy.Method;
import io.sallyport.policy.Policy;
import io.sallyport.policy.PolicyDecision;
import io.sallyport.policy.SignInFacts;
import io.sallyport.policy.Strength;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Asks the policy afresh and looks at the evidence; door, gate, guard and administration share it. */
public final class Assessments {

    private static final String FACTS = "sallyport.facts";

    private final KeycloakSession session;
    private final RealmModel realm;

    /** The assessments of a realm. */
    public Assessments(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** Where this visit stands now. */
    public Assessment of(Visit visit) {
        EvidenceStore store = new EvidenceStore(session);
        List<Evidence> all = visit.binding()
                .map(binding -> store.find(realm, visit.user().getId(), binding))
                .orElse(List.of());
        Waivers waivers = new Waivers(session, realm, visit);
        // what was waived by rules of yesterday is void under those of today
        boolean renewed = visit.refreshOfSessionSince().isPresent() && all.isEmpty() && waivers.any();
        SignInFacts facts = Facts.of(session, realm, renewed ? visit.asNew() : visit);
        PolicyDecision ruled = Policy.decide(session, realm, facts);
        Ruling ruling = Ruling.of(ruled, facts);
        ruling.leaveIn(session, visit.user().getId());
        session.setAttribute(FACTS, facts);
        visit.signIn().ifPresent(ruling::leaveIn);
        Optional<Vouching> vouching = Vouching.of(session, realm, visit, facts, ruled, !all.isEmpty());
        PolicyDecision demanded = Assessment.demanded(ruled, vouching);
        Instant now = Footing.now(session, realm, visit.user().getId());
        List<Evidence> active = all.stream()
                .filter(evidence -> stillActive(visit.user(), evidence))
                .toList();
        Optional<Evidence> satisfying = active.stream()
                .filter(evidence -> demanded.requirement()
                        .map(wanted -> evidence.meets(wanted, now))
                        .orElse(evidence.isMultiFactor()))
                .findFirst();
        boolean orphaned = visit.refreshOfSessionSince().isPresent()
                && active.isEmpty()
                && all.stream().anyMatch(evidence -> evidence.method().enrollable());
        Optional<Waiver> waiver = waivers.of(Assessment.decision(ruled, vouching), now);
        return new Assessment(ruled, active, satisfying, waiver, orphaned, vouching, now);
    }

    /** What the policy was last asked about in this request. */
    public static Optional<SignInFacts> facts(KeycloakSession session) {
        return Optional.ofNullable(session.getAttribute(FACTS, SignInFacts.class));
    }

    /**
     * The evidence by which this visitor may enroll another factor: fresh, and good enough to pass with where he has a
     * factor that is; a recovery code and a temporary pass are made for it.
     */
    public Optional<Evidence> entitlement(Visit visit) {
        return entitlements(visit).findFirst();
    }

    /**
     * The same for a factor of this method: nobody adds or removes one by a proof that is weaker, while he has a factor
     * that is not. A look-alike site or a stolen phone number must not grow into a key.
     */
    public Optional<Evidence> entitlement(Visit visit, Method method) {
        return entitlements(visit, method).findFirst();
    }

    /** Whether the user is locked, as this request knows it: for what is shown to him. */
    public boolean isLocked(UserModel user) {
        return Footing.of(session, realm, user.getId()).lockedUntil().isPresent();
    }

    /** How strong a proof must be to add or remove a factor of this method. */
    public Strength wanted(UserModel user, Method method) {
        Set<String> suspended = new Suspension(session).of(realm.getId(), user.getId());
        SecondFactors factors = new SecondFactors(session);
        Strength held = factors.enrolled(realm, user).stream()
                .filter(one -> factors.of(one).orElseThrow().enrollments(realm, user).stream()
                        .anyMatch(enrollment -> !suspended.contains(enrollment.id())))
                .map(Strength::of)
                .reduce(Strength.ANY, Strength::and);
        Strength own = Strength.of(method);
        return own.compareTo(held) <= 0 ? own : held;
    }

    /** The same by a factor that he has: neither a recovery code nor a pass removes one or makes new codes. */
    public Optional<Evidence> freshFactor(Visit visit, Method method) {
        return entitlements(visit, method)
                .filter(evidence -> evidence.method().enrollable())
                .findFirst();
    }

    private Stream<Evidence> entitlements(Visit visit, Method method) {
        Strength wanted = wanted(visit.user(), method);
        return entitlements(visit)
                .filter(evidence -> !evidence.method().enrollable()
                        || Strength.of(evidence.method()).compareTo(wanted) >= 0);
    }

    private Stream<Evidence> entitlements(Visit visit) {
        return entitlements(visit.user(), of(visit));
    }

    private Stream<Evidence> entitlements(UserModel user, Assessment assessment) {
        if (isLocked(user)) {
            return Stream.empty();
        }
        Duration fresh = RealmSettings.of(session, realm).get(Setting.CLAIM_TTL);
        return assessment.active().stream()
                .filter(evidence -> evidence.youngerThan(fresh, assessment.now()))
                .filter(evidence -> !evidence.method().enrollable() || entitles(evidence, assessment));
    }

    private static boolean entitles(Evidence evidence, Assessment assessment) {
        return evidence.isMultiFactor()
                && assessment
                        .demanded()
                        .match(
                                skip -> true,
                                challenge -> evidence.meets(challenge.proof(), assessment.now()),
                                enroll -> true,
                                deny -> false);
    }

    /** The methods that lead on where these count: they, and what opens the way to enrolling another factor. */
    public Set<Method> ways(UserModel user, Set<Method> counting) {
        Set<Method> ways = EnumSet.copyOf(counting);
        ways.addAll(Footing.of(session, realm, user.getId()).lastResorts(session, realm, user));
        return Collections.unmodifiableSet(ways);
    }

    /**
     * The methods that a step of a flow asks for: those that lead on where MFA is required, and those that the user has
     * where no rule says anything, as Keycloak's own steps do. Empty if it asks for nothing: proved already, exempt by a
     * rule, or nothing enrolled yet, which is the gate's matter.
     */
    public Set<Method> toAsk(Visit visit) {
        return toAsk(visit, of(visit));
    }

    /** The same for a visit that was assessed just now. */
    public Set<Method> toAsk(Visit visit, Assessment assessment) {
        if (assessment.evidence().isPresent() || isRecovering(visit, assessment)) {
            return Set.of();
        }
        return assessment
                .decision()
                .match(
                        skip -> skip.byRule() || assessment.vouched(Vouching.Kind.EXEMPT)
                                ? Set.of()
                                : new SecondFactors(session).enrolled(realm, visit.user()),
                        challenge -> ways(visit.user(), challenge.usable()),
                        enroll -> Set.of(),
                        deny -> Set.of());
    }

    /** Whether he came by a recovery code or a temporary pass: then a factor is enrolled before anything else. */
    public boolean isRecovering(Visit visit, Assessment assessment) {
        return assessment.decision() instanceof PolicyDecision.Challenge
                && !assessment.passes()
                && entitlements(visit.user(), assessment)
                        .findFirst()
                        .filter(evidence -> !evidence.method().enrollable())
                        .isPresent();
    }

    /** Evidence of a factor that was removed proves nothing any more, nor a mailbox once there was a factor. */
    private boolean stillActive(UserModel user, Evidence evidence) {
        if (evidence.method() == Method.EMAIL_CODE) {
            return !new SecondFactors(session).everHeld(realm, user);
        }
        if (!evidence.method().enrollable()) {
            return true;
        }
        return new SecondFactors(session)
                .of(evidence.method())
                .map(factor -> factor.enrollments(realm, user).stream()
                        .anyMatch(enrollment -> enrollment.id().equals(evidence.enrollmentId())))
                .orElse(false);
    }
}
