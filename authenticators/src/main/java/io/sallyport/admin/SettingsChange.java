package io.sallyport.admin;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import io.sallyport.event.sink.FormerSettings;
import io.sallyport.json.InvalidRequest;
import io.sallyport.policy.store.PolicyLock;
import io.sallyport.provider.ConfigKey;
import io.sallyport.provider.EventsSetting;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import io.sallyport.provider.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Changes the settings of a realm on the record: one event for each, with what was in force and what is now. */
final class SettingsChange {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final String reason;
    private final Optional<String> actor;

    /**
     * A change for this reason.
     *
     * @param actor id of the administrator; absent where there is none
     */
    SettingsChange(KeycloakSession session, RealmModel realm, String reason, Optional<String> actor) {
        this.session = session;
        this.realm = realm;
        this.reason = reason;
        this.actor = actor;
    }

    /**
     * What is stored with these changes; no text means the default. What a newer version may have left is dropped, not
     * carried on.
     */
    static Map<String, String> merged(
            KeycloakSession session, RealmModel realm, Map<String, Optional<String>> changes) {
        Map<String, String> texts = new LinkedHashMap<>(RealmSettings.stored(session, realm));
        texts.keySet().removeIf(name -> !Setting.isKnown(name));
        changes.forEach(
                (name, text) -> text.ifPresentOrElse(value -> texts.put(name, value), () -> texts.remove(name)));
        return texts;
    }

    /**
     * Puts these in place of all before; the names that changed, with their new text or none for the default.
     *
     * @throws InvalidRequest if one of them trusts a provider that there is not, or names a forbidden target; then nothing changed
     */
    Map<String, String> apply(Settings settings) {
        TrustedProviders.check(session, realm, settings);
        SinkTargets.check(session, settings);
        PolicyLock.hold(session, realm);
        Map<String, String> before = RealmSettings.stored(session, realm);
        FormerSettings.are(session, before);
        Map<String, String> changed = RealmSettings.replace(session, realm, settings);
        changed.forEach((name, after) -> record(
                name,
                Optional.ofNullable(before.get(name)).orElseGet(() -> defaultOf(name)),
                after.isEmpty() ? defaultOf(name) : after));
        return changed;
    }

    private void record(String name, String before, String after) {
        MfaEvent event = MfaEvent.of(MfaEventType.SETTINGS_CHANGED, Outcome.SUCCESS)
                .with(Detail.REASON, reason)
                .with(Detail.SETTING, name)
                .with(Detail.BEFORE, EventsSetting.forTheRecord(name, before))
                .with(Detail.AFTER, EventsSetting.forTheRecord(name, after));
        Trail.record(
                session,
                realm,
                actor.map(id -> event.user(id).with(Detail.ACTOR, id)).orElse(event));
    }

    private static String defaultOf(String name) {
        return Setting.all().stream()
                .filter(key -> key.name().equals(name))
                .map(ConfigKey::defaultText)
                .findFirst()
                .orElse("");
    }
}
