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
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The tokens of sign-ins that were broken off, in the table {@code MFA_TOKEN}; a row count decides who spent one. */
public final class MfaTokens {

    private static final int TOKEN_BYTES = 32;

    /** So long the trail can say of a token that it was over. */
    private static final Duration KEPT_FOR = Duration.ofDays(1);

    private static final String IN_USE = "sallyport.token-in-use";

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

    /** Issues a token for a visit that was broken off. */
    Issued issue(RealmModel realm, Visit visit, TokenGround ground, TokenPurpose purpose) {
        UserModel user = visit.user();
        Instant now = DatabaseClock.now(em);
        Duration life = RealmSettings.of(session, realm).get(Setting.TOKEN_TTL);
        byte[] bytes = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(bytes);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        MfaToken token = new MfaToken(
                UUID.randomUUID().toString(),
                realm.getId(),
                user.getId(),
                visit.client().getId(),
                ground.scope(),
                ground.holder(),
                PasswordVersion.of(user),
                visit.binding().orElseThrow().nonce(),
                ground.sessionId(),
                purpose,
                MfaToken.Status.PENDING,
                Optional.empty(),
                now,
                now.plus(life));
        em.persist(new MfaTokenRow(token, hash(text)));
        em.flush();
        return new Issued(text, life);
    }

    /** The token of this realm, whatever became of it; empty if there is none, or it is forgotten. */
    Optional<MfaToken> find(RealmModel realm, String text) {
        return em.createQuery(
                        "select t from MfaToken t where t.tokenHash = :hash and t.realmId = :realm", MfaTokenRow.class)
                .setParameter("hash", hash(text))
                .setParameter("realm", realm.getId())
                .getResultStream()
                .findFirst()
                .map(MfaTokenRow::token);
    }

    Instant now() {
        return DatabaseClock.now(em);
    }

    /** Forgets some of those that are over for long, of all users and realms. */
    void forgetSome() {
        Sweep.some(
                em,
                em.createQuery("select t from MfaToken t where t.expiresAt < :then", MfaTokenRow.class)
                        .setParameter("then", now().minus(KEPT_FOR).toEpochMilli()));
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

    /** Notes why a token is refused: true once for each reason. */
    boolean refuse(String id, TokenFlaw flaw) {
        String reason = "," + flaw.name() + ",";
        return em.createQuery("update MfaToken t set t.refusedFor = concat(coalesce(t.refusedFor, ''), :reason)"
                                + " where t.id = :id and (t.refusedFor is null or locate(:reason, t.refusedFor) = 0)")
                        .setParameter("reason", reason)
                        .setParameter("id", id)
                        .executeUpdate()
                == 1;
    }

    /** Ends what a user has pending. */
    void endAll(String realmId, String userId) {
        end(realmId, userId, "");
    }

    /** The same, but for the token that this request is made by. */
    void endOthers(String realmId, String userId) {
        end(realmId, userId, inUse());
    }

    /** What is over already is not touched: {@link #forgetSome} may hold it, and two would wait for each other in a circle. */
    private void end(String realmId, String userId, String but) {
        em.createQuery("update MfaToken t set t.status = :ended where t.realmId = :realm and t.userId = :user"
                        + " and t.status = :pending and t.expiresAt > :now and t.id <> :but")
                .setParameter("ended", MfaToken.Status.ENDED)
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .setParameter("pending", MfaToken.Status.PENDING)
                .setParameter("now", now().toEpochMilli())
                .setParameter("but", but)
                .executeUpdate();
    }

    private String inUse() {
        return Optional.ofNullable(session.getAttribute(IN_USE, String.class)).orElse("");
    }

    /** From now on this request is made by this token. */
    static void use(KeycloakSession session, MfaToken token) {
        session.setAttribute(IN_USE, token.id());
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
