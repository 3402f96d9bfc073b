package io.sallyport.factor.sms;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;

/**
 * The messages of a realm within the last 24 hours.
 *
 * @param sent all that count for its cap, whether or not they arrived
 * @param failed those that the provider refused or could not deliver
 * @param used those whose code was given back
 */
public record SmsSpend(long sent, long failed, long used) {

    private static final List<SendStatus> FAILED =
            List.of(SendStatus.REFUSED, SendStatus.UNAVAILABLE, SendStatus.UNDELIVERED);

    /** Counts them. */
    public static SmsSpend of(EntityManager em, String realmId, Instant now) {
        Object[] row = em.createQuery(
                        "select count(s), coalesce(sum(case when s.status in (:failed) then 1 else 0 end), 0),"
                                + " count(s.convertedAt) from MfaSmsSend s where s.realmId = :realm and s.createdAt > :since",
                        Object[].class)
                .setParameter("failed", FAILED)
                .setParameter("realm", realmId)
                .setParameter("since", now.minus(Cap.DAY.window()).toEpochMilli())
                .getSingleResult();
        return new SmsSpend((Long) row[0], ((Number) row[1]).longValue(), (Long) row[2]);
    }
}
