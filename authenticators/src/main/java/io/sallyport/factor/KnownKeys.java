package io.sallyport.factor;

import io.sallyport.factor.webauthn.Bytes;
import jakarta.persistence.EntityManager;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Which keys the users of a realm have: nobody can register one that is somebody's already. */
public final class KnownKeys {

    private final KeycloakSession session;
    private final EntityManager em;

    /** The keys in the session's transaction. */
    public KnownKeys(KeycloakSession session) {
        this.session = session;
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** Whether somebody has the key now; a key that was removed since may be registered again. */
    boolean isKnown(RealmModel realm, Bytes keyId) {
        return row(realm, keyId).filter(row -> isHeld(realm, row)).isPresent();
    }

    /** Remembers whose key it is; at the same moment by two, the second one fails. */
    void add(RealmModel realm, UserModel user, Bytes keyId, String enrollmentId) {
        row(realm, keyId).ifPresent(gone -> {
            em.remove(gone);
            em.flush();
        });
        em.persist(new KnownKeyRow(key(realm, keyId), user.getId(), enrollmentId));
        em.flush();
    }

    /** Remembers a key that Keycloak had before us; if two share one, it stays with the first. */
    void adopt(RealmModel realm, UserModel user, Bytes keyId, String enrollmentId) {
        if (row(realm, keyId).isEmpty()) {
            add(realm, user, keyId, enrollmentId);
        }
    }

    /** Forgets the keys of a user who is being removed. */
    public void forgetUser(String realmId, String userId) {
        em.createQuery("delete from MfaKey k where k.realmId = :realm and k.userId = :user")
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .executeUpdate();
    }

    /** Forgets the keys of a realm that is being removed. */
    public void forgetRealm(String realmId) {
        em.createQuery("delete from MfaKey k where k.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    private boolean isHeld(RealmModel realm, KnownKeyRow row) {
        return Optional.ofNullable(session.users().getUserById(realm, row.userId()))
                .map(owner -> owner.credentialManager().getStoredCredentialById(row.enrollmentId()))
                .isPresent();
    }

    private Optional<KnownKeyRow> row(RealmModel realm, Bytes keyId) {
        return Optional.ofNullable(em.find(KnownKeyRow.class, key(realm, keyId)));
    }

    private static KnownKeyRow.Key key(RealmModel realm, Bytes keyId) {
        return new KnownKeyRow.Key(realm.getId(), keyId.sha256().base64Url());
    }
}
