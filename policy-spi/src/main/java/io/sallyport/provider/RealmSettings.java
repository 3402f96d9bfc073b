package io.sallyport.provider;

import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The settings of a realm, from the table {@code MFA_SETTING}; realm attributes of the same names only mirror them.
 *
 * <p>They are kept beside the cached realm, so that reading them costs no SQL.
 */
public final class RealmSettings {

    private static final String CACHE_KEY = "sallyport.settings";

    private RealmSettings() {}

    /** The settings in force. */
    public static Settings of(KeycloakSession session, RealmModel realm) {
        return RealmCache.get(realm, CACHE_KEY, Settings.class, () -> Settings.from(stored(session, realm)));
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
            value.filter(text -> !text.equals(realm.getAttribute(name)))
                    .ifPresent(text -> realm.setAttribute(name, text));
        }
        em.flush();
        RealmCache.invalidate(realm);
        return changed;
    }

    /** Forgets the settings of a realm that is being removed. */
    public static void forget(KeycloakSession session, String realmId) {
        entityManager(session)
                .createQuery("delete from SettingRow s where s.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    private static Map<String, String> stored(KeycloakSession session, RealmModel realm) {
        Map<String, String> texts = new HashMap<>();
        entityManager(session)
                .createQuery("select s from SettingRow s where s.realmId = :realm", SettingRow.class)
                .setParameter("realm", realm.getId())
                .getResultList()
                .forEach(row -> texts.put(row.name(), row.value()));
        return texts;
    }

    private static EntityManager entityManager(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
