package io.sallyport.factor.pass;

import io.sallyport.provider.DatabaseClock;
import jakarta.persistence.EntityManager;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** The passes of users, in the table {@code MFA_PASS}; a row count decides who used one. */
public final class Passes {

    private static final String OPEN =
            " where p.realmId = :realm and p.userId = :user and p.usedAt is null and p.expiresAt > :now";

    private final EntityManager em;
    private final SecureRandom random;

    /** The passes in the session's transaction. */
    public Passes(KeycloakSession session, SecureRandom random) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.random = random;
    }

    /**
     * A new pass.
     *
     * @param code in clear only here
     * @param until when it ends
     */
    public record Issued(PassCode code, Instant until) {}

    /** Issues a pass in place of one that is still open. */
    public Issued issue(String realmId, String userId, String issuedBy, Duration ttl) {
        Instant now = DatabaseClock.now(em);
        em.createQuery("update MfaPass p set p.expiresAt = :now" + OPEN)
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .setParameter("now", now.toEpochMilli())
                .executeUpdate();
        PassCode pass = PassCode.generate(random);
        PassRow row = new PassRow(UUID.randomUUID().toString(), realmId, userId, issuedBy);
        row.holds(pass.toStore(random));
        row.lives(now.toEpochMilli(), now.plus(ttl).toEpochMilli());
        em.persist(row);
        em.flush();
        return new Issued(pass, now.plus(ttl));
    }

    /** The id of the user's open pass; empty if he has none. */
    public Optional<String> open(String realmId, String userId) {
        return openRow(realmId, userId).map(PassRow::id);
    }

    /** The id of the user's open pass if this is it; compared without any effect. */
    public Optional<String> match(String realmId, String userId, PassCode pass) {
        return openRow(realmId, userId).filter(row -> row.is(pass)).map(PassRow::id);
    }

    /** Spends a pass: true once, and never after its end. */
    public boolean spend(String id) {
        return em.createQuery(
                                "update MfaPass p set p.usedAt = :now where p.id = :id and p.usedAt is null and p.expiresAt > :now")
                        .setParameter("now", DatabaseClock.now(em).toEpochMilli())
                        .setParameter("id", id)
                        .executeUpdate()
                == 1;
    }

    /** Forgets the passes of a user who is being removed. */
    public void forgetUser(String realmId, String userId) {
        em.createQuery("delete from MfaPass p where p.realmId = :realm and p.userId = :user")
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .executeUpdate();
    }

    /** Forgets the passes of a realm that is being removed. */
    public void forgetRealm(String realmId) {
        em.createQuery("delete from MfaPass p where p.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    private Optional<PassRow> openRow(String realmId, String userId) {
        return em.createQuery("select p from MfaPass p" + OPEN + " order by p.issuedAt desc", PassRow.class)
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .setParameter("now", DatabaseClock.now(em).toEpochMilli())
                .getResultStream()
                .findFirst();
    }
}
