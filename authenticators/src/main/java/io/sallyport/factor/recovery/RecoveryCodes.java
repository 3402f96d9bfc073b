package io.sallyport.factor.recovery;

import io.sallyport.provider.DatabaseClock;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** The recovery codes of users, in the table {@code MFA_RECOVERY_CODE}, with what leads to new ones. */
public final class RecoveryCodes {

    private static final List<String> LEADING_HERE = List.of("MfaRecoveryOffer", "MfaRecoveryLink");
    private static final List<String> TABLES =
            Stream.concat(Stream.of("MfaRecoveryCode"), LEADING_HERE.stream()).toList();

    private final EntityManager em;
    private final SecureRandom random;

    /** The codes in the session's transaction. */
    public RecoveryCodes(KeycloakSession session, SecureRandom random) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.random = random;
    }

    /** A new set in place of the old one, which is dead from now on; the codes exist in clear only in this answer. */
    public List<RecoveryCode> replace(String realmId, String userId, int count) {
        forgetUser(realmId, userId);
        return made(realmId, userId, Optional.empty(), count);
    }

    /** A set that counts for nothing until the enrollment is active, and dies with it; it replaces the one before. */
    public List<RecoveryCode> await(String realmId, String userId, String enrollmentId, int count) {
        ofUser("delete from MfaRecoveryCode c where c.enrollmentId = :enrollment", realmId, userId)
                .setParameter("enrollment", enrollmentId)
                .executeUpdate();
        return made(realmId, userId, Optional.of(enrollmentId), count);
    }

    /**
     * An enrollment is active now: of all sets that wait only its own may count, and that only if it is the user's first.
     *
     * @return whether its set counts from now on
     */
    public boolean activated(String realmId, String userId, String enrollmentId, boolean first) {
        boolean counts = first && waiting(realmId, userId, enrollmentId);
        if (counts) {
            ofUser("delete from MfaRecoveryCode c where c.enrollmentId is null", realmId, userId)
                    .executeUpdate();
            ofUser(
                            "update MfaRecoveryCode c set c.enrollmentId = null where c.enrollmentId = :enrollment",
                            realmId,
                            userId)
                    .setParameter("enrollment", enrollmentId)
                    .executeUpdate();
        }
        ofUser("delete from MfaRecoveryCode c where c.enrollmentId is not null", realmId, userId)
                .executeUpdate();
        return counts;
    }

    /** The set that waits for its owner to have kept it counts from now on, and none before; false if there is none. */
    public boolean kept(String realmId, String userId, String linkId) {
        if (!waiting(realmId, userId, linkId)) {
            return false;
        }
        activated(realmId, userId, linkId, true);
        LEADING_HERE.forEach(table -> forget(table, realmId, userId));
        return true;
    }

    private boolean waiting(String realmId, String userId, String enrollmentId) {
        return ofUser("select c.id from MfaRecoveryCode c where c.enrollmentId = :enrollment", realmId, userId)
                .setParameter("enrollment", enrollmentId)
                .getResultStream()
                .findAny()
                .isPresent();
    }

    private Query ofUser(String statement, String realmId, String userId) {
        return em.createQuery(statement + " and c.realmId = :realm and c.userId = :user")
                .setParameter("realm", realmId)
                .setParameter("user", userId);
    }

    private List<RecoveryCode> made(String realmId, String userId, Optional<String> enrollmentId, int count) {
        long now = DatabaseClock.now(em).toEpochMilli();
        List<RecoveryCode> codes = Stream.generate(() -> RecoveryCode.generate(random))
                .limit(count)
                .toList();
        codes.forEach(code -> {
            RecoveryCodeRow row =
                    new RecoveryCodeRow(UUID.randomUUID().toString(), realmId, userId, code.toStore(random), now);
            enrollmentId.ifPresent(row::waitFor);
            em.persist(row);
        });
        em.flush();
        return codes;
    }

    /** Makes the codes void and offers new ones, without making any; how many were left. */
    public int revoke(String realmId, String userId) {
        int left = remaining(realmId, userId);
        forgetUser(realmId, userId);
        RecoveryOfferRow.Key key = new RecoveryOfferRow.Key(realmId, userId);
        em.persist(new RecoveryOfferRow(key, DatabaseClock.now(em).toEpochMilli()));
        em.flush();
        return left;
    }

    /** Whether the user is offered new codes in place of those that were made void. */
    public boolean areOffered(String realmId, String userId) {
        return em.find(RecoveryOfferRow.class, new RecoveryOfferRow.Key(realmId, userId)) != null;
    }

    /** How many codes the user has left. */
    public int remaining(String realmId, String userId) {
        return unused(realmId, userId).size();
    }

    /** Id of the user's unused code that this is; empty if it is none. */
    public Optional<String> find(String realmId, String userId, String typed) {
        return RecoveryCode.parse(typed).flatMap(code -> {
            Optional<String> found = Optional.empty();
            for (RecoveryCodeRow row : unused(realmId, userId)) {
                // all are compared: the time tells nothing about where in the set it stands
                found = row.is(code) ? Optional.of(row.id()) : found;
            }
            return found;
        });
    }

    /** Whether the text has the shape of a code. */
    public static boolean wellFormed(String typed) {
        return RecoveryCode.parse(typed).isPresent();
    }

    /** Spends a code: true once. */
    public boolean spend(String id) {
        return em.createQuery("update MfaRecoveryCode c set c.used = true, c.usedAt = :now"
                                + " where c.id = :id and c.used = false and c.enrollmentId is null")
                        .setParameter("now", DatabaseClock.now(em).toEpochMilli())
                        .setParameter("id", id)
                        .executeUpdate()
                == 1;
    }

    private List<RecoveryCodeRow> unused(String realmId, String userId) {
        return em.createQuery(
                        "select c from MfaRecoveryCode c where c.realmId = :realm and c.userId = :user and c.used = false"
                                + " and c.enrollmentId is null",
                        RecoveryCodeRow.class)
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .getResultList();
    }

    /** Forgets the codes of a user, and what leads to new ones. */
    public void forgetUser(String realmId, String userId) {
        TABLES.forEach(table -> forget(table, realmId, userId));
    }

    private void forget(String table, String realmId, String userId) {
        em.createQuery("delete from " + table + " c where c.realmId = :realm and c.userId = :user")
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .executeUpdate();
    }

    /** Forgets the codes of a realm that is being removed. */
    public void forgetRealm(String realmId) {
        for (String table : TABLES) {
            em.createQuery("delete from " + table + " c where c.realmId = :realm")
                    .setParameter("realm", realmId)
                    .executeUpdate();
        }
    }
}
