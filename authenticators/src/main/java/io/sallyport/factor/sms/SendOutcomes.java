package io.sallyport.factor.sms;

import io.sallyport.provider.DatabaseClock;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** What became of messages: taken by the provider, delivered, and of use. */
public final class SendOutcomes {

    private static final Duration WATCHED = Duration.ofHours(1);
    private static final Duration TIME_TO_ENTER = Duration.ofMinutes(10);
    private static final long ENOUGH_TO_JUDGE = 20;

    private final EntityManager em;

    /** The messages, in the transaction of this entity manager. */
    public SendOutcomes(EntityManager em) {
        this.em = em;
    }

    /** Keeps the provider's first answer; a report that was faster stays. */
    public void sent(String sendId, Delivery delivery) {
        SendStatus status = delivery.match(
                sent -> SendStatus.SENT,
                refused -> SendStatus.REFUSED,
                unavailable -> SendStatus.UNAVAILABLE,
                unclear -> SendStatus.UNCLEAR);
        em.createQuery("update MfaSmsSend s set s.providerRef = :reference, s.status = :status"
                        + " where s.id = :id and s.status = :granted")
                .setParameter(
                        "reference",
                        delivery.match(Delivery.Sent::reference, refused -> null, unavailable -> null, unclear -> null))
                .setParameter("status", status)
                .setParameter("id", sendId)
                .setParameter("granted", SendStatus.GRANTED)
                .executeUpdate();
    }

    /** Keeps what the provider says later; true once, so that a repeated report changes nothing. */
    public boolean reported(String realmId, StatusReport report) {
        Collection<SendStatus> before = List.of(SendStatus.GRANTED, SendStatus.SENT, SendStatus.UNAVAILABLE);
        return em.createQuery("update MfaSmsSend s set s.status = :status"
                                + " where s.realmId = :realm and s.providerRef = :reference and s.status in :before")
                        .setParameter("status", report.status())
                        .setParameter("realm", realmId)
                        .setParameter("reference", report.reference())
                        .setParameter("before", before)
                        .executeUpdate()
                == 1;
    }

    /** A code was entered: the user's messages were of use. */
    public void converted(String realmId, String userId) {
        Instant now = DatabaseClock.now(em);
        em.createQuery("update MfaSmsSend s set s.convertedAt = :now where s.realmId = :realm and s.userId = :user"
                        + " and s.createdAt > :since and s.convertedAt is null")
                .setParameter("now", now.toEpochMilli())
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .setParameter("since", now.minus(TIME_TO_ENTER).toEpochMilli())
                .executeUpdate();
    }

    /**
     * Whether of the last hour's messages so few were entered that somebody may be pumping messages into ranges of numbers
     * that he earns from; true once an hour.
     */
    public boolean tooFewConverted(String realmId) {
        BudgetRow row = em.find(BudgetRow.class, realmId, LockModeType.PESSIMISTIC_WRITE);
        Instant now = DatabaseClock.now(em);
        if (row == null || row.alarmedAt() > now.minus(WATCHED).toEpochMilli()) {
            return false;
        }
        Object[] found = em.createQuery(
                        "select count(s), count(s.convertedAt) from MfaSmsSend s where s.realmId = :realm"
                                + " and s.createdAt > :since and s.challengeId not like 'removed.%' and (s.createdAt < :until or s.convertedAt is not null)",
                        Object[].class)
                .setParameter("realm", realmId)
                .setParameter("since", now.minus(WATCHED).minus(TIME_TO_ENTER).toEpochMilli())
                .setParameter("until", now.minus(TIME_TO_ENTER).toEpochMilli())
                .getSingleResult();
        boolean few = (Long) found[0] >= ENOUGH_TO_JUDGE && (Long) found[1] * 4 < (Long) found[0];
        if (few) {
            row.alarmed(now.toEpochMilli());
        }
        return few;
    }

    /** Forgets whose they were when a user is removed; they still count, or removing accounts would lift the caps. */
    public void forgetUser(String realmId, String userId) {
        em.createQuery("update MfaSmsSend s set s.userId = '-' where s.realmId = :realm and s.userId = :user")
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .executeUpdate();
    }

    /** Forgets the messages of a realm that is being removed. */
    public void forgetRealm(String realmId) {
        for (String entity : List.of("MfaSmsSend", "MfaSmsBudget")) {
            em.createQuery("delete from " + entity + " s where s.realmId = :realm")
                    .setParameter("realm", realmId)
                    .executeUpdate();
        }
    }
}
