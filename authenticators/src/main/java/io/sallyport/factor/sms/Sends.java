package io.sallyport.factor.sms;

import io.sallyport.crypto.KeyedHash;
import io.sallyport.provider.DatabaseClock;
import io.sallyport.provider.Settings;
import io.sallyport.provider.SmsSetting;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * The messages of a realm, in the table {@code MFA_SMS_SEND}: each is counted before it is sent, and failed ones count
 * too. Times are the database's.
 */
public final class Sends {

    private static final int MAX_TENANTS = 50;
    private static final Duration KEPT = Duration.ofDays(7);
    private static final Duration VERIFY_REMEMBERS = Duration.ofMinutes(10);

    private final EntityManager em;
    private final KeyedHash keyed;

    /** The messages, in the transaction of this entity manager. */
    public Sends(EntityManager em, KeyedHash keyed) {
        this.em = em;
        this.keyed = keyed;
    }

    /** Decides about a message and counts it; run in a transaction of its own, which is committed before it is sent. */
    public SendDecision decide(SendRequest request, Settings settings) {
        Instant now = begin(request);
        HashedNumber number = HashedNumber.of(keyed, request);
        Optional<Instant> cooling = cooling(request, number, settings, now);
        if (cooling.isPresent()) {
            return new SendDecision.Waiting(cooling.get());
        }
        return capped(request, number, now, cap -> settings.get(cap.setting()))
                .orElseGet(() -> granted(request, number, new SendRow(request, number, tenants(request), now)));
    }

    /**
     * The same for a message without a code. It waits for none before it, or it would never follow one; and of what many
     * share it leaves half to codes.
     */
    public SendDecision decideTelling(SendRequest request, Settings settings) {
        Instant now = begin(request);
        HashedNumber number = HashedNumber.of(keyed, request);
        return capped(
                        request,
                        number,
                        now,
                        cap -> cap.isShared() ? settings.get(cap.setting()) / 2 + 1 : settings.get(cap.setting()))
                .orElseGet(() -> granted(request, number, SendRow.telling(request, number, tenants(request), now)));
    }

    private Instant begin(SendRequest request) {
        lock(request.realmId());
        Instant now = DatabaseClock.now(em);
        forgetBefore(request.realmId(), now.minus(KEPT));
        return now;
    }

    private SendDecision granted(SendRequest request, HashedNumber number, SendRow row) {
        Optional<String> before = before(request.realmId(), number, Instant.ofEpochMilli(row.createdAt()));
        em.persist(row);
        em.flush();
        return new SendDecision.Granted(row.id(), before);
    }

    /** When the user, or the number, may have the next message; empty if at once. */
    public Optional<Instant> cooling(SendRequest request, Settings settings) {
        return cooling(request, HashedNumber.of(keyed, request), settings, DatabaseClock.now(em));
    }

    private Optional<Instant> cooling(SendRequest request, HashedNumber number, Settings settings, Instant now) {
        Duration pause = settings.get(SmsSetting.RESEND_COOLDOWN);
        return Optional.ofNullable(em.createQuery(
                                "select max(s.createdAt) from MfaSmsSend s where s.realmId = :realm"
                                        + " and s.createdAt > :since and (s.userId = :user or s.numberHash = :number)",
                                Long.class)
                        .setParameter("realm", request.realmId())
                        .setParameter("since", now.minus(pause).toEpochMilli())
                        .setParameter("user", request.userId())
                        .setParameter("number", number.whole())
                        .getSingleResult())
                .map(last -> Instant.ofEpochMilli(last).plus(pause));
    }

    private Optional<SendDecision> capped(
            SendRequest request, HashedNumber number, Instant now, ToIntFunction<Cap> most) {
        for (Cap cap : Cap.values()) {
            for (String value : values(cap, request, number)) {
                Object[] found = em.createQuery(
                                "select count(s), min(s.createdAt) from MfaSmsSend s where s.realmId = :realm"
                                        + " and s.createdAt > :since and " + cap.condition(),
                                Object[].class)
                        .setParameter("realm", request.realmId())
                        .setParameter("since", now.minus(cap.window()).toEpochMilli())
                        .setParameter("value", value)
                        .getSingleResult();
                if ((Long) found[0] >= most.applyAsInt(cap)) {
                    return Optional.of(new SendDecision.Capped(
                            cap, Instant.ofEpochMilli((Long) found[1]).plus(cap.window())));
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> values(Cap cap, SendRequest request, HashedNumber number) {
        return switch (cap) {
            case USER -> List.of(request.userId());
            case NUMBER -> List.of(number.whole());
            case PREFIX -> List.of(number.prefix());
            // one count for everybody whose address is unknown would be anybody's to use up
            case ADDRESS -> request.address().isPresent() ? List.of(number.address()) : List.of();
            case TENANT -> counted(request);
            case DAY -> List.of(request.realmId());
        };
    }

    private static List<String> counted(SendRequest request) {
        return request.tenants().stream().sorted().limit(MAX_TENANTS).toList();
    }

    private static String tenants(SendRequest request) {
        return String.join(" ", counted(request));
    }

    private Optional<String> before(String realmId, HashedNumber number, Instant now) {
        return em.createQuery(
                        "select s.providerRef from MfaSmsSend s where s.realmId = :realm and s.numberHash = :number"
                                + " and s.providerRef is not null and s.createdAt > :since order by s.createdAt desc",
                        String.class)
                .setParameter("realm", realmId)
                .setParameter("number", number.whole())
                .setParameter("since", now.minus(VERIFY_REMEMBERS).toEpochMilli())
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    private void lock(String realmId) {
        BudgetRow row = em.find(BudgetRow.class, realmId);
        if (row == null) {
            em.persist(new BudgetRow(realmId));
            em.flush();
        } else {
            em.refresh(row, LockModeType.PESSIMISTIC_WRITE);
        }
    }

    private void forgetBefore(String realmId, Instant end) {
        em.createQuery("delete from MfaSmsSend s where s.realmId = :realm and s.createdAt < :end")
                .setParameter("realm", realmId)
                .setParameter("end", end.toEpochMilli())
                .executeUpdate();
    }
}
