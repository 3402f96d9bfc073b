package io.sallyport.factor;

import io.sallyport.factor.webauthn.Bytes;
import io.sallyport.policy.Method;
import io.sallyport.provider.DatabaseClock;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** The rows of {@code MFA_CHALLENGE}: a challenge is used once, and only in the session that it was made in. */
public final class Challenges {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 32;
    static final Duration KEPT_FOR = Duration.ofDays(1);

    private final KeycloakSession session;
    private final EntityManager em;

    /** The challenges in the session's transaction. */
    public Challenges(KeycloakSession session) {
        this.session = session;
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** An id for a new challenge: 256 random bits. */
    public static String newId() {
        byte[] id = new byte[ID_BYTES];
        RANDOM.nextBytes(id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }

    /** The id of a challenge that was made elsewhere, from what it asks to be signed. */
    public static String idOf(String posed) {
        return Bytes.of(posed.getBytes(StandardCharsets.US_ASCII)).sha256().base64Url();
    }

    /** Opens a challenge in place of the session's open one of the same method and purpose. */
    public Challenge open(Owner owner, Method method, Occasion occasion, Duration ttl, String kept) {
        return open(owner, Set.of(method), occasion, ttl, kept);
    }

    /** The same for any of several methods. */
    public Challenge open(Owner owner, Set<Method> methods, Occasion occasion, Duration ttl, String kept) {
        em.createQuery("update MfaChallenge c set c.status = :void where c.realmId = :realm and c.userId = :user"
                        + " and c.sessionId = :session and (c.method in :methods or c.method is null)"
                        + " and c.purpose = :purpose"
                        + " and c.status = :pending")
                .setParameter("void", ChallengeRow.State.VOID)
                .setParameter("realm", owner.realmId())
                .setParameter("user", owner.userId())
                .setParameter("session", owner.sessionId())
                .setParameter("methods", methods)
                .setParameter("purpose", occasion.purpose())
                .setParameter("pending", ChallengeRow.State.PENDING)
                .executeUpdate();
        Instant now = DatabaseClock.now(session);
        forgetOld(owner, now);
        Challenge challenge = new Challenge(
                occasion.challengeId(),
                methods,
                occasion.purpose(),
                occasion.enrollmentId(),
                kept,
                Optional.empty(),
                now.plus(ttl));
        ChallengeRow row = new ChallengeRow(challenge, owner, now.toEpochMilli());
        em.persist(row);
        em.flush();
        em.detach(row);
        return challenge;
    }

    /** The open challenge of this id, if it is the owner's; as stored, whatever this transaction has read. */
    public Optional<Challenge> pending(String id, Owner owner) {
        return find(id, owner).filter(Found::open).map(Found::challenge);
    }

    /** Id of the open challenge by which the first answer of this enrollment was asked, if it is the owner's. */
    public Optional<String> asked(String enrollmentId, Owner owner) {
        return em.createQuery(
                        "select c.id from MfaChallenge c where c.enrollmentId = :enrollment and c.realmId = :realm"
                                + " and c.userId = :user and c.sessionId = :session and c.purpose = :enroll"
                                + " and c.status = :pending and c.expiresAt > :now order by c.createdAt desc",
                        String.class)
                .setParameter("enrollment", enrollmentId)
                .setParameter("realm", owner.realmId())
                .setParameter("user", owner.userId())
                .setParameter("session", owner.sessionId())
                .setParameter("enroll", Purpose.ENROLL)
                .setParameter("pending", ChallengeRow.State.PENDING)
                .setParameter("now", DatabaseClock.now(session).toEpochMilli())
                .getResultStream()
                .findFirst();
    }

    /** The challenge of this id in whatever state, if it is the owner's. */
    public Optional<Found> find(String id, Owner owner) {
        return em.createQuery(
                        "select c from MfaChallenge c where c.id = :id and c.realmId = :realm and c.userId = :user"
                                + " and c.sessionId = :session",
                        ChallengeRow.class)
                .setParameter("id", id)
                .setParameter("realm", owner.realmId())
                .setParameter("user", owner.userId())
                .setParameter("session", owner.sessionId())
                .getResultStream()
                .peek(em::detach)
                .map(row -> new Found(
                        row.challenge(),
                        row.status() == ChallengeRow.State.PENDING
                                && DatabaseClock.now(session)
                                        .isBefore(row.challenge().expiresAt()),
                        row.status() == ChallengeRow.State.USED))
                .findFirst();
    }

    /**
     * Counts an answer to an open challenge, before it is compared: true so many times at most. A success by another factor
     * takes back the user's count, but not this one.
     */
    public boolean attempt(String id, int most) {
        return em.createQuery("update MfaChallenge c set c.attempts = c.attempts + 1"
                                + " where c.id = :id and c.status = :pending and c.attempts < :most")
                        .setParameter("id", id)
                        .setParameter("pending", ChallengeRow.State.PENDING)
                        .setParameter("most", most)
                        .executeUpdate()
                == 1;
    }

    /** Whether it was the owner's, and another one took its place or it was taken back: there is nothing to answer. */
    public boolean isVoid(String id, Owner owner) {
        return !em.createQuery(
                        "select c.id from MfaChallenge c where c.id = :id and c.realmId = :realm and c.userId = :user"
                                + " and c.sessionId = :session and c.status = :void",
                        String.class)
                .setParameter("id", id)
                .setParameter("realm", owner.realmId())
                .setParameter("user", owner.userId())
                .setParameter("session", owner.sessionId())
                .setParameter("void", ChallengeRow.State.VOID)
                .getResultList()
                .isEmpty();
    }

    /** Uses an open challenge: true once. */
    public boolean use(String id) {
        long now = DatabaseClock.now(session).toEpochMilli();
        return em.createQuery("update MfaChallenge c set c.status = :used, c.usedAt = :now"
                                + " where c.id = :id and c.status = :pending and c.expiresAt > :now")
                        .setParameter("used", ChallengeRow.State.USED)
                        .setParameter("now", now)
                        .setParameter("id", id)
                        .setParameter("pending", ChallengeRow.State.PENDING)
                        .executeUpdate()
                == 1;
    }

    /** Voids an open challenge that nobody can answer. */
    public void drop(String id) {
        em.createQuery("update MfaChallenge c set c.status = :void where c.id = :id and c.status = :pending")
                .setParameter("void", ChallengeRow.State.VOID)
                .setParameter("id", id)
                .setParameter("pending", ChallengeRow.State.PENDING)
                .executeUpdate();
    }

    /** Voids whatever the user is asked now, and what he approved and did not use yet, in every session. */
    public void voidAll(String realmId, String userId) {
        em.createQuery("update MfaChallenge c set c.status = :void where c.realmId = :realm and c.userId = :user"
                        + " and c.status in (:pending, :approved)")
                .setParameter("approved", ChallengeRow.State.APPROVED)
                .setParameter("void", ChallengeRow.State.VOID)
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .setParameter("pending", ChallengeRow.State.PENDING)
                .executeUpdate();
    }

    /** The same in every session but this one. */
    public void voidOthers(Owner here) {
        em.createQuery("update MfaChallenge c set c.status = :void where c.realmId = :realm and c.userId = :user"
                        + " and c.sessionId <> :session and c.status in (:pending, :approved)")
                .setParameter("void", ChallengeRow.State.VOID)
                .setParameter("realm", here.realmId())
                .setParameter("user", here.userId())
                .setParameter("session", here.sessionId())
                .setParameter("pending", ChallengeRow.State.PENDING)
                .setParameter("approved", ChallengeRow.State.APPROVED)
                .executeUpdate();
    }

    /** Forgets the challenges of a user who is being removed. */
    public void forgetUser(String realmId, String userId) {
        em.createQuery("delete from MfaChallenge c where c.realmId = :realm and c.userId = :user")
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .executeUpdate();
    }

    /** Forgets the challenges of a realm that is being removed. */
    public void forgetRealm(String realmId) {
        em.createQuery("delete from MfaChallenge c where c.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    private void forgetOld(Owner owner, Instant now) {
        em.createQuery(
                        "delete from MfaChallenge c where c.realmId = :realm and c.userId = :user and c.expiresAt < :then")
                .setParameter("realm", owner.realmId())
                .setParameter("user", owner.userId())
                .setParameter("then", now.minus(KEPT_FOR).toEpochMilli())
                .executeUpdate();
    }

    /**
     * A challenge as it is stored.
     *
     * @param open whether it can be answered
     * @param used whether it was answered right
     */
    public record Found(Challenge challenge, boolean open, boolean used) {}

    /**
     * Whose challenge it is.
     *
     * @param sessionId the root authentication session, whose id the user session will have
     */
    public record Owner(String realmId, String userId, String sessionId) {}
}
