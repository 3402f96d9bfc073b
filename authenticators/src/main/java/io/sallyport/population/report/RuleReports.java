package io.sallyport.population.report;

import io.sallyport.policy.Policy;
import io.sallyport.policy.Reported;
import io.sallyport.policy.SignInFacts;
import io.sallyport.verify.Assessment;
import io.sallyport.verify.Assessments;
import io.sallyport.verify.Vouching;
import jakarta.persistence.EntityManager;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Counts what rules that only report would have done, and tells it. */
public final class RuleReports {

    private static final String NOTE = "sallyport.reported";

    private RuleReports() {}

    /** Counts this sign-in, once, as it was found when the gate first looked at it; never throws. */
    public static void count(
            KeycloakSession session, RealmModel realm, AuthenticationSessionModel signIn, Assessment found) {
        if (signIn.getAuthNote(NOTE) == null) {
            signIn.setAuthNote(NOTE, "true");
            count(session, realm, found);
        }
    }

    /**
     * The same of a sign-in that has no pages. Whom a trusted provider vouches for is not counted: with a rule in force that may
     * be another matter.
     */
    public static void count(KeycloakSession session, RealmModel realm, Assessment found) {
        if (!found.vouched(Vouching.Kind.EXEMPT)) {
            Assessments.facts(session)
                    .ifPresent(facts -> Policy.reported(session, realm, facts)
                            .forEach(reported -> Tally.ofThisNode()
                                    .add(
                                            key(realm, reported, facts),
                                            Counts.of(Effect.of(found, reported.decision())))));
        }
    }

    private static Tally.Key key(RealmModel realm, Reported reported, SignInFacts facts) {
        long day = facts.now().atZone(ZoneOffset.UTC).toLocalDate().toEpochDay();
        return new Tally.Key(realm.getId(), reported.rule(), reported.version(), day);
    }

    /** What is written down of these rules, by id and version; of one that would have met nobody there is nothing. */
    public static Map<Reporter, Counts> of(KeycloakSession session, RealmModel realm, Collection<String> rules) {
        Map<Reporter, Counts> counts = new HashMap<>();
        if (!rules.isEmpty()) {
            EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
            em.createQuery(
                            "select r.ruleId, r.version, sum(r.about), sum(r.asked), sum(r.refused), sum(r.spared)"
                                    + " from MfaRuleReport r where r.realmId = :realm and r.ruleId in :rules"
                                    + " group by r.ruleId, r.version",
                            Object[].class)
                    .setParameter("realm", realm.getId())
                    .setParameter("rules", rules)
                    .getResultList()
                    .forEach(row -> counts.put(
                            new Reporter((String) row[0], (Long) row[1]),
                            new Counts((Long) row[2], (Long) row[3], (Long) row[4], (Long) row[5])));
        }
        return counts;
    }

    /**
     * A rule as it was at some time.
     *
     * @param rule its id
     * @param version of it
     */
    public record Reporter(String rule, long version) {}
}
