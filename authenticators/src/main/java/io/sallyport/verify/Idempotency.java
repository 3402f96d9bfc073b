package io.sallyport.verify;

import io.sallyport.provider.DatabaseClock;
import io.sallyport.verify.IdempotencyRow.State;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * The calls of the last 24 hours that may be repeated, in the table {@code MFA_IDEMPOTENCY}: whoever inserts the row has the
 * effect, everybody else reads what came of it.
 */
public final class Idempotency {

    private static final Duration KEPT_FOR = Duration.ofHours(24);

    /** A call that has not ended by then died with its node, and left nothing but the count of an attempt. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final EntityManager em;

    /** The calls in the session's transaction. */
    public Idempotency(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** How far a call is. */
    public enum Progress {
        MINE,
        UNDER_WAY,
        DONE,
        REFUSED,
        OTHER_REQUEST
    }

    /**
     * What is known of a call.
     *
     * @param text whose it is if it is mine, what came of it if it was made
     */
    public record Known(Progress progress, String text) {}

    /** Begins a call, unless somebody did; run it in a transaction of its own, so that others see it. */
    public Known begin(RepeatableCall call) {
        long now = DatabaseClock.now(em).toEpochMilli();
        String holder = UUID.randomUUID().toString();
        Optional<IdempotencyRow> found = Optional.ofNullable(em.find(IdempotencyRow.class, call.hash()));
        if (found.isEmpty()) {
            forgetSome(now);
            IdempotencyRow row = new IdempotencyRow(call.hash(), call.realmId(), call.userId());
            row.begins(holder, call.hmac(), now, now + KEPT_FOR.toMillis());
            em.persist(row);
            em.flush();
            return new Known(Progress.MINE, holder);
        }
        IdempotencyRow row = found.get();
        boolean over = row.expiresAt() <= now;
        if (!over && !call.asked(row.requestHmac())) {
            return new Known(Progress.OTHER_REQUEST, "");
        }
        boolean dead = row.status() == State.STARTED && row.startedAt() + LEASE.toMillis() <= now;
        if (over || dead) {
            return takeOver(row, call, holder, now)
                    ? new Known(Progress.MINE, holder)
                    : new Known(Progress.UNDER_WAY, "");
        }
        return switch (row.status()) {
            case STARTED -> new Known(Progress.UNDER_WAY, "");
            case DONE -> new Known(Progress.DONE, row.outcome());
            case REFUSED -> new Known(Progress.REFUSED, row.outcome());
        };
    }

    /** It was made, in the transaction of its effect: false if it is not the holder's any more. */
    public boolean done(RepeatableCall call, String holder, String outcome) {
        return ended(call, holder, State.DONE, outcome);
    }

    /** It was refused, which had an effect. */
    public boolean refused(RepeatableCall call, String holder, String outcome) {
        return ended(call, holder, State.REFUSED, outcome);
    }

    /** It may be made anew, unless word was kept of its effect. */
    public void release(RepeatableCall call, String holder) {
        em.createQuery("delete from MfaIdempotency i"
                        + " where i.callHash = :call and i.holder = :holder and i.status = :started")
                .setParameter("call", call.hash())
                .setParameter("holder", holder)
                .setParameter("started", State.STARTED)
                .executeUpdate();
    }

    /** It came to nothing, whatever word was kept, and may be made anew. */
    public void forget(RepeatableCall call, String holder) {
        em.createQuery("delete from MfaIdempotency i where i.callHash = :call and i.holder = :holder")
                .setParameter("call", call.hash())
                .setParameter("holder", holder)
                .executeUpdate();
    }

    void forgetUser(String realmId, String userId) {
        em.createQuery("delete from MfaIdempotency i where i.realmId = :realm and i.userId = :user")
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .executeUpdate();
    }

    void forgetRealm(String realmId) {
        em.createQuery("delete from MfaIdempotency i where i.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    private boolean ended(RepeatableCall call, String holder, State state, String outcome) {
        return em.createQuery("update MfaIdempotency i set i.status = :state, i.outcome = :outcome"
                                + " where i.callHash = :call and i.holder = :holder and i.status = :started")
                        .setParameter("state", state)
                        .setParameter("outcome", outcome)
                        .setParameter("call", call.hash())
                        .setParameter("holder", holder)
                        .setParameter("started", State.STARTED)
                        .executeUpdate()
                == 1;
    }

    private boolean takeOver(IdempotencyRow row, RepeatableCall call, String holder, long now) {
        return em.createQuery("update MfaIdempotency i set i.status = :started, i.holder = :holder,"
                                + " i.requestHmac = :hmac, i.outcome = null, i.startedAt = :now, i.expiresAt = :end"
                                + " where i.callHash = :call and i.holder = :before and i.status = :status")
                        .setParameter("started", State.STARTED)
                        .setParameter("holder", holder)
                        .setParameter("hmac", call.hmac())
                        .setParameter("now", now)
                        .setParameter("end", now + KEPT_FOR.toMillis())
                        .setParameter("call", call.hash())
                        .setParameter("before", row.holder())
                        .setParameter("status", row.status())
                        .executeUpdate()
                == 1;
    }

    /** Some of those that are over, whosever they are. */
    private void forgetSome(long now) {
        Sweep.some(
                em,
                em.createQuery("select i from MfaIdempotency i where i.expiresAt <= :now", IdempotencyRow.class)
                        .setParameter("now", now));
    }
}
