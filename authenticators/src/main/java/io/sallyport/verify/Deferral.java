package io.sallyport.verify;

import io.sallyport.factor.SecondFactors;
import io.sallyport.policy.PolicyDecision;
import io.sallyport.policy.Reason;
import io.sallyport.provider.DatabaseClock;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Putting off an enrollment while the grace of every deciding rule lasts. Whoever had a factor once has no grace: it would
 * reopen his account for a password alone.
 */
public final class Deferral {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Visit visit;
    private final PolicyDecision.Enroll enroll;
    private final GraceStore graces;

    /** The deferral of what this decision asks of this visit. */
    public Deferral(KeycloakSession session, RealmModel realm, Visit visit, PolicyDecision.Enroll enroll) {
        this.session = session;
        this.realm = realm;
        this.visit = visit;
        this.enroll = enroll;
        this.graces = new GraceStore(session);
    }

    /** What is left of the grace, which begins here at the latest; empty if there is none, or none any more. */
    public Optional<GraceLeft> offer() {
        if (enroll.grace().isEmpty() || new SecondFactors(session).everHeld(realm, visit.user())) {
            return Optional.empty();
        }
        return Optional.of(left()).filter(left -> left.open(now()));
    }

    /** Uses one sign-in of the grace for this one; false if it was over, then nothing changed. */
    public boolean take(AuthenticationSessionModel signIn) {
        if (offer().isEmpty() || visit.binding().isEmpty() || !skip()) {
            return false;
        }
        GraceLeft left = left();
        Instant now = now();
        Instant end = left.until().orElse(now.plusSeconds(realm.getSsoSessionMaxLifespan()));
        new WaiverStore(session)
                .add(
                        realm.getId(),
                        visit.user().getId(),
                        visit.binding().get(),
                        DecidingRules.of(enroll),
                        new Waiver(Waiver.Kind.GRACE, end),
                        now);
        Exemption.record(session, realm, signIn, left);
        return true;
    }

    private GraceLeft left() {
        Instant now = now();
        return rules().stream()
                .map(rule -> graces.find(key(rule))
                        .orElseGet(() -> begin(rule, now))
                        .of(rule.grace().orElseThrow()))
                .reduce(GraceLeft::and)
                .orElseThrow();
    }

    private GraceUse begin(Reason rule, Instant now) {
        graces.begin(key(rule), rule.version(), rule.grace().orElseThrow(), now);
        return graces.find(key(rule)).orElseThrow(); // another sign-in may have begun it first
    }

    /** A skip of every rule or of none; always in the same order, so that two sign-ins can't wait for each other. */
    private boolean skip() {
        Instant now = now();
        List<Reason> rules = rules();
        for (int at = 0; at < rules.size(); at++) {
            if (!graces.skip(key(rules.get(at)), rules.get(at).grace().orElseThrow(), now)) {
                rules.subList(0, at).forEach(taken -> graces.unskip(key(taken)));
                return false;
            }
        }
        return true;
    }

    private List<Reason> rules() {
        return enroll.reasons().stream()
                .sorted(Comparator.comparing((Reason rule) -> rule.rule().orElseThrow()))
                .toList();
    }

    private GraceRow.Key key(Reason rule) {
        return new GraceRow.Key(realm.getId(), visit.user().getId(), rule.rule().orElseThrow());
    }

    private Instant now() {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        return DatabaseClock.now(em);
    }
}
