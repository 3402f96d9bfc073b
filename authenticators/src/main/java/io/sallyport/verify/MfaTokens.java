package io.sallyport.verify;

import io.sallyport.provider.DatabaseClock;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The tokens of sign-ins that were broken off, in the table {@code MFA_TOKEN}; a row count decides who spent one. */
public final class MfaTokens {

    private static final int TOKEN_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeycloakSession session;
    private final EntityManager em;

    /** The tokens in the session's transaction. */
    public MfaTokens(KeycloakSession session) {
        this.session = session;
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /**
     * A new token.
     *
     * @param text in clear only here
     * @param life how long it is good for
     */
    public record Issued(String text, Duration life) {

        @Override
        public String toString() {
            return "***";
        }
    }

    /** Issues a token to whoever sends this request. */
    public Issued issue(
            RealmModel realm,
            UserModel user,
            ClientModel client,
            @Nullable String scope,
            String nonce,
            TokenPurpose purpose) {
        Instant now = DatabaseClock.now(em);
        Duration life = RealmSettings.of(session, realm).get(Setting.TOKEN_TTL);
        em.createQuery("delete from MfaToken t where t.realmId = :realm and t.userId = :user and t.expiresAt <= :now")
                .setParameter("realm", realm.getId())
                .setParameter("user", user.getId())
                .setParameter("now", now.toEpochMilli())
                .executeUpdate();
        byte[] bytes = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(bytes);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        MfaToken token = new MfaToken(
                UUID.randomUUID().toString(),
                realm.getId(),
                user.getId(),
                client.getId(),
                Optional.ofNullable(scope),
                TokenHolder.of(session, realm, client),
                PasswordVersion.of(user),
                nonce,
                purpose,
                MfaToken.Status.PENDING,
                Optional.empty(),
                now);
        em.persist(new MfaTokenRow(token, hash(text), now.plus(life)));
        em.flush();
        return new Issued(text, life);
    }

    /** The token of this realm, whatever became of it; empty if there is none, or its time is over. */
    public Optional<MfaToken> find(RealmModel realm, String text) {
        return em.createQuery(
                        "select t from MfaToken t where t.tokenHash = :hash and t.realmId = :realm"
                                + " and t.expiresAt > :now",
                        MfaTokenRow.class)
                .setParameter("hash", hash(text))
                .setParameter("realm", realm.getId())
                .setParameter("now", DatabaseClock.now(em).toEpochMilli())
                .getResultStream()
                .findFirst()
                .map(MfaTokenRow::token);
    }

    /** Spends a token: true once, and never after its end. */
    public boolean spend(String id, Optional<String> externalId) {
        return em.createQuery("update MfaToken t set t.status = :spent, t.spentFor = :call"
                                + " where t.id = :id and t.status = :pending and t.expiresAt > :now")
                        .setParameter("spent", MfaToken.Status.SPENT)
                        .setParameter("call", externalId.map(MfaTokens::hash).orElse(null))
                        .setParameter("id", id)
                        .setParameter("pending", MfaToken.Status.PENDING)
                        .setParameter("now", DatabaseClock.now(em).toEpochMilli())
                        .executeUpdate()
                == 1;
    }

    /** Ends what a user has pending. */
    void endAll(String realmId, String userId) {
        em.createQuery("update MfaToken t set t.status = :ended"
                        + " where t.realmId = :realm and t.userId = :user and t.status = :pending")
                .setParameter("ended", MfaToken.Status.ENDED)
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .setParameter("pending", MfaToken.Status.PENDING)
                .executeUpdate();
    }

    void forgetUser(String realmId, String userId) {
        em.createQuery("delete from MfaToken t where t.realmId = :realm and t.userId = :user")
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .executeUpdate();
    }

    void forgetRealm(String realmId) {
        em.createQuery("delete from MfaToken t where t.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    /** What has 256 random bits needs neither salt nor a slow hash. */
    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }
}
