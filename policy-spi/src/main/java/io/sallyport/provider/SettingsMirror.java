package io.sallyport.provider;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The realm attributes that repeat the settings for exports and for people to see. Nothing that they say is in force: any
 * tool that updates a realm as a whole drops or overwrites them.
 */
public final class SettingsMirror {

    private SettingsMirror() {}

    /**
     * An attribute that does not say what its setting is.
     *
     * @param found absent if the attribute is missing
     * @param expected absent if the setting has its default, so that there must be no attribute
     */
    public record Drift(String name, Optional<String> found, Optional<String> expected) {}

    /** Every attribute of a setting that differs from the table. */
    public static List<Drift> drift(KeycloakSession session, RealmModel realm) {
        Map<String, String> stored = RealmSettings.stored(session, realm);
        return Setting.all().stream()
                .map(key -> new Drift(
                        key.name(),
                        Optional.ofNullable(realm.getAttribute(key.name())),
                        Optional.ofNullable(stored.get(key.name()))))
                .filter(each -> !each.found().equals(each.expected()))
                .toList();
    }

    /** Makes the attributes say what the table says; tells what differed. */
    public static List<Drift> restore(KeycloakSession session, RealmModel realm) {
        List<Drift> drift = drift(session, realm);
        drift.forEach(each -> each.expected()
                .ifPresentOrElse(
                        text -> realm.setAttribute(each.name(), text), () -> realm.removeAttribute(each.name())));
        return drift;
    }

    /** Ids of all realms that have settings or attributes of their names. */
    public static Collection<String> realms(KeycloakSession session) {
        var em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        Collection<String> ids =
                new TreeSet<>(em.createQuery("select distinct s.realmId from MfaSetting s", String.class)
                        .getResultList());
        ids.addAll(em.createQuery(
                        "select distinct a.realm.id from RealmAttributeEntity a where a.name in :names", String.class)
                .setParameter(
                        "names", Setting.all().stream().map(ConfigKey::name).toList())
                .getResultList());
        return ids;
    }
}
