package io.sallyport.factor.email;

import io.sallyport.provider.DatabaseClock;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The codes by mail of each user, counted before they are sent: nobody's mailbox is flooded by who has his password. */
public final class Mails {

    /** Between two mails to one user. */
    public static final Duration PAUSE = Duration.ofSeconds(60);

    private static final Duration DAY = Duration.ofDays(1);
    private static final int MOST_IN_DAY = 20;

    private final EntityManager em;

    /** The mails, in the transaction of this entity manager. */
    public Mails(EntityManager em) {
        this.em = em;
    }

    /**
     * Counts one more, if it may be sent now; run in a transaction of its own, which is committed before it is sent. Two
     * who are the first at once meet in the primary key.
     *
     * @return when it may be sent; empty if now, then it is counted
     */
    public Optional<Instant> notBefore(String realmId, String userId) {
        Instant now = DatabaseClock.now(em);
        if (counted(realmId, userId, now)) {
            return Optional.empty();
        }
        List<Object[]> known = em.createQuery(
                        "select m.sentAt, m.dayBeganAt, m.sentInDay from MfaMail m"
                                + " where m.realmId = :realm and m.userId = :user",
                        Object[].class)
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .getResultList();
        if (known.isEmpty()) {
            em.persist(new MailRow(realmId, userId, now.toEpochMilli()));
            em.flush();
            return Optional.empty();
        }
        Object[] row = known.get(0);
        return Optional.of(
                (Integer) row[2] >= MOST_IN_DAY
                        ? Instant.ofEpochMilli((Long) row[1]).plus(DAY)
                        : Instant.ofEpochMilli((Long) row[0]).plus(PAUSE));
    }

    private boolean counted(String realmId, String userId, Instant now) {
        return em.createQuery("update MfaMail m set m.sentAt = :now,"
                                + " m.sentInDay = case when m.dayBeganAt <= :day then 1 else m.sentInDay + 1 end,"
                                + " m.dayBeganAt = case when m.dayBeganAt <= :day then :now else m.dayBeganAt end"
                                + " where m.realmId = :realm and m.userId = :user and m.sentAt <= :pause"
                                + " and (m.dayBeganAt <= :day or m.sentInDay < :most)")
                        .setParameter("now", now.toEpochMilli())
                        .setParameter("day", now.minus(DAY).toEpochMilli())
                        .setParameter("pause", now.minus(PAUSE).toEpochMilli())
                        .setParameter("most", MOST_IN_DAY)
                        .setParameter("realm", realmId)
                        .setParameter("user", userId)
                        .executeUpdate()
                == 1;
    }

    /** Forgets the mails of a user who is being removed. */
    public void forgetUser(String realmId, String userId) {
        em.createQuery("delete from MfaMail m where m.realmId = :realm and m.userId = :user")
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .executeUpdate();
    }

    /** Forgets the mails of a realm that is being removed. */
    public void forgetRealm(String realmId) {
        em.createQuery("delete from MfaMail m where m.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }
}
