package io.sallyport.factor;

import io.sallyport.factor.webauthn.Bytes;
import jakarta.persistence.EntityManager;
import java.util.Base64;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.credential.CredentialModel;
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

    /**
     * Whether somebody has the key now; a key that was removed since may be registered again. Before the survey of the realm
     * any could be somebody's.
     */
    boolean isKnown(RealmModel realm, Bytes keyId) {
        return !new KeySurvey(session).isDone(realm)
                || row(realm, keyId).filter(row -> isHeld(realm, row)).isPresent();
    }

    /** Whether this user has the key of this credential id, in base64url; what is no id is no key. */
    public boolean isHeldBy(RealmModel realm, UserModel user, String keyId) {
        try {
            Bytes id = Bytes.of(Base64.getUrlDecoder().decode(keyId));
            return row(realm, id)
                    .filter(row -> row.userId().equals(user.getId()) && isHeld(realm, row))
                    .isPresent();
        } catch (IllegalArgumentException noId) {
            return false;
        }
    }

    /** Remembers whose key it is; at the same moment by two, the second one fails. */
    void add(RealmModel realm, String userId, Bytes keyId, String enrollmentId) {
        row(realm, keyId).ifPresent(gone -> {
            em.remove(gone);
            em.flush();
        });
        em.persist(new KnownKeyRow(KnownKeyRow.Key.of(realm.getId(), keyId), userId, enrollmentId));
        em.flush();
    }

    /** Remembers a key that is stored without us; if two have one, it stays with the first as long as he has it. */
    void adopt(RealmModel realm, String userId, Bytes keyId, String enrollmentId) {
        boolean settled = row(realm, keyId)
                .filter(row -> row.enrollmentId().equals(enrollmentId) || isHeld(realm, row))
                .isPresent();
        if (!settled) {
            add(realm, userId, keyId, enrollmentId);
        }
    }

    /** Remembers a credential that was just stored, if it is a key: by whatever page or import it came in. */
    public void stored(RealmModel realm, String userId, CredentialModel credential) {
        if (RealmKeys.TYPES.contains(credential.getType())) {
            StoredKeys.id(credential.getCredentialData())
                    .ifPresent(keyId -> adopt(realm, userId, keyId, credential.getId()));
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
        em.createQuery("delete from MfaKeySurvey s where s.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    private boolean isHeld(RealmModel realm, KnownKeyRow row) {
        return Optional.ofNullable(session.users().getUserById(realm, row.userId()))
                .map(owner -> owner.credentialManager().getStoredCredentialById(row.enrollmentId()))
                .isPresent();
    }

    private Optional<KnownKeyRow> row(RealmModel realm, Bytes keyId) {
        return Optional.ofNullable(em.find(KnownKeyRow.class, KnownKeyRow.Key.of(realm.getId(), keyId)));
    }
}
