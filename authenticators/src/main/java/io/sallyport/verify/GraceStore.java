package io.sallyport.verify;

import io.sallyport.policy.Grace;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** The grace of users under rules, in the table {@code MFA_GRACE}; row counts decide who was in time. */
final class GraceStore {

    private static final String ONE = " where g.realmId = :realm and g.userId = :user and g.ruleId = :rule";

    private final EntityManager em;

    GraceStore(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** Fixes start and end, unless they have been fixed before. */
    void begin(GraceRow.Key key, long version, Grace given, Instant now) {
        em.createQuery("insert into MfaGrace (realmId, userId, ruleId, ruleVersion, startedAt, endsAt, skipsUsed)"
                        + " values (:realm, :user, :rule, :version, :started, :ends, 0)"
                        // "do nothing" is a plain insert on H2 (Hibernate 7.2), this is a merge
                        + " on conflict (realmId, userId, ruleId) do update set startedAt = startedAt")
                .setParameter("realm", key.realmId())
                .setParameter("user", key.userId())
                .setParameter("rule", key.ruleId())
                .setParameter("version", version)
                .setParameter("started", now.toEpochMilli())
                .setParameter(
                        "ends",
                        given.time()
                                .map(length -> now.plus(length).toEpochMilli())
                                .orElse(GraceRow.NO_END))
                .executeUpdate();
    }

    /** What was made of it so far; empty if it has not begun. */
    Optional<GraceUse> find(GraceRow.Key key) {
        // columns, not the entity: another transaction may have moved the row since this one first saw it
        return em.createQuery("select g.startedAt, g.endsAt, g.skipsUsed from MfaGrace g" + ONE, Object[].class)
                .setParameter("realm", key.realmId())
                .setParameter("user", key.userId())
                .setParameter("rule", key.ruleId())
                .getResultStream()
                .map(row -> new GraceUse(
                        Instant.ofEpochMilli((Long) row[0]),
                        Optional.of((Long) row[1])
                                .filter(end -> end != GraceRow.NO_END)
                                .map(Instant::ofEpochMilli),
                        (Long) row[2]))
                .findFirst();
    }

    /** Uses one skip: true at most as often as the rule gives them, and never after the end. */
    boolean skip(GraceRow.Key key, Grace given, Instant now) {
        Query update = em.createQuery("update MfaGrace g set g.skipsUsed = g.skipsUsed + 1" + ONE
                + " and g.skipsUsed < :most and g.startedAt > :since and (g.endsAt = :noEnd or g.endsAt > :now)");
        return update.setParameter("realm", key.realmId())
                        .setParameter("user", key.userId())
                        .setParameter("rule", key.ruleId())
                        .setParameter("most", given.skips().map(Long::valueOf).orElse(Long.MAX_VALUE))
                        .setParameter(
                                "since",
                                given.time()
                                        .map(length -> now.minus(length).toEpochMilli())
                                        .orElse(Long.MIN_VALUE))
                        .setParameter("noEnd", GraceRow.NO_END)
                        .setParameter("now", now.toEpochMilli())
                        .executeUpdate()
                == 1;
    }

    /** Ends what has not ended yet, under whatever rule; how many there were. */
    int end(String realmId, String userId, Instant now) {
        return em.createQuery("update MfaGrace g set g.endsAt = :now where g.realmId = :realm and g.userId = :user"
                        + " and (g.endsAt = :noEnd or g.endsAt > :now)")
                .setParameter("now", now.toEpochMilli())
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .setParameter("noEnd", GraceRow.NO_END)
                .executeUpdate();
    }

    /** Takes back a skip of this transaction. */
    void unskip(GraceRow.Key key) {
        em.createQuery("update MfaGrace g set g.skipsUsed = g.skipsUsed - 1" + ONE)
                .setParameter("realm", key.realmId())
                .setParameter("user", key.userId())
                .setParameter("rule", key.ruleId())
                .executeUpdate();
    }

    void forgetUser(String realmId, String userId) {
        em.createQuery("delete from MfaGrace g where g.realmId = :realm and g.userId = :user")
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .executeUpdate();
    }

    void forgetRealm(String realmId) {
        em.createQuery("delete from MfaGrace g where g.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }
}
