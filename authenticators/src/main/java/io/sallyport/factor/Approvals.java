package io.sallyport.factor;

import io.sallyport.policy.Method;
import io.sallyport.provider.DatabaseClock;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * The rows of {@code MFA_CHALLENGE} that ask for approvals: each is given once, leads to one token and is spent once. No row is
 * kept in the session: what it has read before need not be so any more.
 */
public final class Approvals {

    private final KeycloakSession session;
    private final EntityManager em;

    /** The approvals in the session's transaction. */
    public Approvals(KeycloakSession session) {
        this.session = session;
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /**
     * Asks for an approval, in place of the session's open one for the same action.
     *
     * @param id its id, of 256 random bits
     * @param methods the methods that may prove it
     * @param open how long it may be answered
     * @param ttl how long it may be spent
     */
    public Approval open(
            String id,
            Challenges.Owner owner,
            Transaction transaction,
            Set<Method> methods,
            Duration open,
            Duration ttl) {
        drop(owner, transaction.action().type());
        Instant now = DatabaseClock.now(session);
        forgetOld(owner, now);
        ChallengeRow row = new ChallengeRow(
                new Challenge(id, methods, Purpose.APPROVE, Optional.empty(), "", Optional.empty(), now.plus(open)),
                owner,
                now.toEpochMilli());
        row.asks(transaction, ttl);
        em.persist(row);
        em.flush();
        em.detach(row);
        return row.approval().orElseThrow();
    }

    /** The approval of this id in whatever state, if it is the owner's; as stored, whatever this transaction has read. */
    public Optional<Approval> find(String id, Challenges.Owner owner) {
        return em.createQuery(
                        "select c from MfaChallenge c where c.id = :id and c.realmId = :realm and c.userId = :user"
                                + " and c.sessionId = :session and c.purpose = :approve",
                        ChallengeRow.class)
                .setParameter("id", id)
                .setParameter("realm", owner.realmId())
                .setParameter("user", owner.userId())
                .setParameter("session", owner.sessionId())
                .setParameter("approve", Purpose.APPROVE)
                .getResultStream()
                .peek(em::detach)
                .flatMap(row -> row.approval().stream())
                .findFirst();
    }

    /** The approval of this id, whoever asked for it. */
    public Optional<Approval> known(String id) {
        return Optional.ofNullable(em.find(ChallengeRow.class, id)).flatMap(row -> {
            em.detach(row);
            return row.approval();
        });
    }

    /** Gives it: true once. An answer that was the only one allowed has used the challenge before. */
    public boolean give(String id, Method method, String enrollmentId, boolean answeredOnce) {
        Instant now = DatabaseClock.now(session);
        return changed(em.createQuery("update MfaChallenge c set c.status = :approved, c.usedAt = :now,"
                        + " c.approval.approvedBy = :method, c.enrollmentId = :enrollment,"
                        + " c.approval.approvedUntil = :now + 1000 * c.approval.ttl"
                        + " where c.id = :id and c.status = :before and c.expiresAt > :now"
                        + " and c.approval.approvedUntil is null")
                .setParameter("approved", ChallengeRow.State.APPROVED)
                .setParameter("now", now.toEpochMilli())
                .setParameter("method", method)
                .setParameter("enrollment", enrollmentId)
                .setParameter("id", id)
                .setParameter("before", answeredOnce ? ChallengeRow.State.USED : ChallengeRow.State.PENDING));
    }

    /** Whether the one token that carries it may be issued now: true once. */
    public boolean carry(String id) {
        return changed(em.createQuery(
                        "update MfaChallenge c set c.approval.tokenAt = :now where c.id = :id"
                                + " and c.status = :approved and c.approval.approvedUntil > :now and c.approval.tokenAt is null")
                .setParameter("now", DatabaseClock.now(session).toEpochMilli())
                .setParameter("id", id)
                .setParameter("approved", ChallengeRow.State.APPROVED));
    }

    /** Spends it: true once. */
    public boolean spend(String id) {
        return changed(em.createQuery("update MfaChallenge c set c.status = :spent, c.approval.spentAt = :now"
                        + " where c.id = :id and c.status = :approved and c.approval.approvedUntil > :now")
                .setParameter("spent", ChallengeRow.State.SPENT)
                .setParameter("now", DatabaseClock.now(session).toEpochMilli())
                .setParameter("id", id)
                .setParameter("approved", ChallengeRow.State.APPROVED));
    }

    /** Voids one of this user's: somebody tried to stretch it. */
    public boolean revoke(String id, String userId) {
        return changed(em.createQuery("update MfaChallenge c set c.status = :void"
                        + " where c.id = :id and c.userId = :user and c.status in (:pending, :approved)")
                .setParameter("user", userId)
                .setParameter("void", ChallengeRow.State.VOID)
                .setParameter("id", id)
                .setParameter("pending", ChallengeRow.State.PENDING)
                .setParameter("approved", ChallengeRow.State.APPROVED));
    }

    /** What a factor keeps to compare the answer with, in place of what it kept before: true if it can be answered. */
    public boolean keep(String id, String kept) {
        return changed(em.createQuery("update MfaChallenge c set c.kept = :kept"
                        + " where c.id = :id and c.status = :pending and c.expiresAt > :now")
                .setParameter("kept", kept)
                .setParameter("id", id)
                .setParameter("pending", ChallengeRow.State.PENDING)
                .setParameter("now", DatabaseClock.now(session).toEpochMilli()));
    }

    /** What was decided is in the trail. */
    private void forgetOld(Challenges.Owner owner, Instant now) {
        em.createQuery(
                        "delete from MfaChallenge c where c.realmId = :realm and c.userId = :user and c.expiresAt < :then")
                .setParameter("realm", owner.realmId())
                .setParameter("user", owner.userId())
                .setParameter("then", now.minus(Challenges.KEPT_FOR).toEpochMilli())
                .executeUpdate();
    }

    private void drop(Challenges.Owner owner, String actionType) {
        em.createQuery("update MfaChallenge c set c.status = :void where c.realmId = :realm and c.userId = :user"
                        + " and c.sessionId = :session and c.status = :pending and c.approval.actionType = :type")
                .setParameter("void", ChallengeRow.State.VOID)
                .setParameter("realm", owner.realmId())
                .setParameter("user", owner.userId())
                .setParameter("session", owner.sessionId())
                .setParameter("pending", ChallengeRow.State.PENDING)
                .setParameter("type", actionType)
                .executeUpdate();
    }

    private static boolean changed(Query update) {
        return update.executeUpdate() == 1;
    }
}
