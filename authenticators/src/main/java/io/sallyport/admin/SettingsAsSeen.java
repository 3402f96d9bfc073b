package io.sallyport.admin;

import io.sallyport.event.AuditFilter;
import io.sallyport.event.AuditQuery;
import io.sallyport.event.AuditReader;
import io.sallyport.event.Detail;
import io.sallyport.event.MfaEventType;
import io.sallyport.provider.ConfigKey;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Whether settings are still what somebody saw who is about to change them. */
record SettingsAsSeen(KeycloakSession session, RealmModel realm) {

    /** What is looked through for whoever changed a setting last. */
    private static final int CHANGES = 100;

    /**
     * Compares what is stored with what was seen.
     *
     * @throws StaleSettings naming each that differs, and who changed it when
     */
    void check(Map<String, String> seen) {
        Map<String, String> stored = RealmSettings.stored(session, realm);
        List<String> stale = Setting.all().stream()
                .filter(key -> seen.containsKey(key.name()))
                .filter(key -> !now(stored, key).equals(seen.get(key.name())))
                .map(key -> "$.seen." + key.name() + ": is " + now(stored, key) + " now" + by(key.name()))
                .toList();
        if (!stale.isEmpty()) {
            throw new StaleSettings(stale);
        }
    }

    private static String now(Map<String, String> stored, ConfigKey<?> key) {
        return Optional.ofNullable(stored.get(key.name())).orElseGet(key::defaultText);
    }

    private String by(String name) {
        return session
                .getProvider(AuditReader.class)
                .read(
                        realm.getId(),
                        new AuditQuery(
                                Map.of(AuditFilter.TYPE, String.valueOf(MfaEventType.SETTINGS_CHANGED.code())),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                CHANGES))
                .rows()
                .stream()
                .filter(row ->
                        row.get("details") instanceof Map<?, ?> details && name.equals(details.get(Detail.SETTING)))
                .findFirst()
                .map(row -> ", changed at " + row.get("timestamp")
                        + Optional.ofNullable(row.get("actor"))
                                .map(actor -> " by " + person(String.valueOf(actor)))
                                .orElse(""))
                .orElse("");
    }

    private String person(String id) {
        return new People(session, realm).nameOf(id).orElse(id);
    }
}
