package io.sallyport.provider;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The settings of a realm, from the table {@code MFA_SETTING}; realm attributes of the same names only mirror them, see
 * {@link SettingsMirror}.
 *
 * <p>They are kept beside the cached realm, so that reading them costs no SQL.
 */
public final class RealmSettings {

    private static final String CACHE_KEY = "sallyport.settings";

    /** The longest that a node lags which is not told of a change, as with {@code --cache=local}. */
    private static final Duration TRUSTED_FOR = Duration.ofSeconds(5);

    private RealmSettings() {}

    /**
     * Settings as they were read.
     *
     * @param settings what was read
     * @param at when, by the JVM's own clock in nanoseconds
     */
    private record Read(Settings settings, long at) {
        boolean isTrusted() {
            return System.nanoTime() - at < TRUSTED_FOR.toNanos();
        }
    }

    /** The settings in force. */
    public static Settings of(KeycloakSession session, RealmModel realm) {
        return RealmCache.get(realm, CACHE_KEY, Read.class, Read::isTrusted, () -> {
                    long at = System.nanoTime();
                    return new Read(Settings.from(stored(session, realm)), at);
                })
                .settings();
    }

    /** Whether MFA is enforced in the realm. */
    public static boolean enabled(KeycloakSession session, RealmModel realm) {
        return of(session, realm).get(Setting.ENABLED);
    }

    /**
     * Stores these settings in place of the ones before, and mirrors them into the realm's attributes.
     *
     * @return the names that changed, with their new text; an empty text means the default
     */
    public static Map<String, String> replace(KeycloakSession session, RealmModel realm, Settings settings) {
        Map<String, String> before = stored(session, realm);
        Map<String, String> after = settings.texts();
        Map<String, String> changed = new HashMap<>();
        EntityManager em = entityManager(session);
        for (ConfigKey<?> key : Setting.all()) {
            String name = key.name();
            Optional<String> value = Optional.ofNullable(after.get(name));
            if (!value.equals(Optional.ofNullable(before.get(name)))) {
                changed.put(name, value.orElse(""));
                value.ifPresentOrElse(
                        text -> em.merge(new SettingRow(realm.getId(), name, text)),
                        () -> em.remove(em.getReference(SettingRow.class, new SettingRow.Key(realm.getId(), name))));
            }
        }
        before.keySet().stream().filter(name -> !Setting.isKnown(name)).forEach(unknown -> {
            em.remove(em.getReference(SettingRow.class, new SettingRow.Key(realm.getId(), unknown)));
            changed.put(unknown, "");
        });
        em.flush();
        SettingsMirror.restore(session, realm);
        RealmCache.invalidate(realm);
        return changed;
    }

    /** Ids of all realms that enforce MFA. */
    public static List<String> enabledRealms(KeycloakSession session) {
        return entityManager(session)
                .createQuery(
                        "select s.realmId from MfaSetting s where s.name = :enabled and s.value = 'true'", String.class)
                .setParameter("enabled", Setting.ENABLED.name())
                .getResultList();
    }

    /** Forgets the settings of a realm that is being removed. */
    public static void forget(KeycloakSession session, String realmId) {
        entityManager(session)
                .createQuery("delete from MfaSetting s where s.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    /** What is stored, by name, as it was written; past the cache. */
    public static Map<String, String> stored(KeycloakSession session, RealmModel realm) {
        Map<String, String> texts = new HashMap<>();
        // columns, not the entity: another transaction may have changed the row since this one first saw it
        entityManager(session)
                .createQuery("select s.name, s.value from MfaSetting s where s.realmId = :realm", Object[].class)
                .setParameter("realm", realm.getId())
                .getResultList()
                .forEach(row -> texts.put((String) row[0], (String) row[1]));
        return texts;
    }

    private static EntityManager entityManager(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
