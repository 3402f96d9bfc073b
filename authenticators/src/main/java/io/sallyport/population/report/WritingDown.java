package io.sallyport.population.report;

import jakarta.persistence.EntityManager;
import java.util.Map;
import java.util.TimerTask;
import org.jboss.logging.Logger;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Adds what this node has counted to what all nodes have. */
final class WritingDown extends TimerTask {

    private static final Logger LOG = Logger.getLogger(WritingDown.class);

    private final KeycloakSessionFactory sessions;
    private boolean failing;

    WritingDown(KeycloakSessionFactory sessions) {
        this.sessions = sessions;
    }

    /** What fails is counted on and tried again; thrown on, it would end all rounds. */
    @Override
    public void run() {
        Map<Tally.Key, Counts> counted = Tally.ofThisNode().take();
        if (counted.isEmpty()) {
            return;
        }
        try {
            KeycloakModelUtils.runJobInTransaction(sessions, session -> {
                EntityManager em =
                        session.getProvider(JpaConnectionProvider.class).getEntityManager();
                counted.forEach((key, counts) -> write(em, key, counts));
            });
            failing = false;
        } catch (Throwable failure) { // an error too
            counted.forEach(Tally.ofThisNode()::add);
            // the first time another node may just have been quicker with the first row of a day
            LOG.logf(
                    failing ? Logger.Level.ERROR : Logger.Level.DEBUG,
                    failure,
                    "What rules that only report would have done is not written down; that is tried again");
            failing = true;
        }
    }

    private static void write(EntityManager em, Tally.Key key, Counts counts) {
        int known = em.createQuery("update MfaRuleReport r set r.about = r.about + :about, r.asked = r.asked + :asked,"
                        + " r.refused = r.refused + :refused, r.spared = r.spared + :spared where r.realmId = :realm"
                        + " and r.ruleId = :rule and r.version = :version and r.day = :day")
                .setParameter("about", counts.about())
                .setParameter("asked", counts.asked())
                .setParameter("refused", counts.refused())
                .setParameter("spared", counts.spared())
                .setParameter("realm", key.realmId())
                .setParameter("rule", key.ruleId())
                .setParameter("version", key.version())
                .setParameter("day", key.day())
                .executeUpdate();
        if (known == 0) {
            forgetEarlier(em, key);
            em.persist(new RuleReportRow(key, counts));
            em.flush();
        }
    }

    /** Nobody asks any more what an earlier version would have done. */
    private static void forgetEarlier(EntityManager em, Tally.Key key) {
        em.createQuery("delete from MfaRuleReport r where r.realmId = :realm and r.ruleId = :rule"
                        + " and r.version < :version")
                .setParameter("realm", key.realmId())
                .setParameter("rule", key.ruleId())
                .setParameter("version", key.version())
                .executeUpdate();
    }
}
