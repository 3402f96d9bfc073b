package io.sallyport.admin;

import io.sallyport.json.InvalidRequest;
import io.sallyport.provider.InvalidSettings;
import io.sallyport.provider.Setting;
import io.sallyport.provider.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an administrator asks the settings to become.
 *
 * @param reason why; goes on the record
 * @param settings all that shall be set from now on
 * @param seen what the caller believes to be in force, by name; empty if he does not say
 */
record SettingsRequest(String reason, Settings settings, Map<String, String> seen) {

    /**
     * The request of a body.
     *
     * @param merged what the settings are with these changes; no text means the default
     * @throws InvalidRequest naming every problem
     */
    static SettingsRequest parse(String json, Function<Map<String, Optional<String>>, Map<String, String>> merged) {
        RequestBody body = RequestBody.parse(json, List.of("reason", "settings", "seen"));
        if (!body.has("reason")) {
            body.problem("$.reason: is missing");
        }
        if (!body.has("settings")) {
            body.problem("$.settings: is missing");
        }
        Optional<String> reason = body.reason();
        Map<String, String> seen = body.texts("seen");
        seen.keySet().stream()
                .filter(name -> !Setting.isKnown(name))
                .sorted()
                .forEach(name -> body.problem("$.seen." + name + ": unknown setting"));
        Map<String, String> texts = merged.apply(body.settings(true));
        try {
            Settings settings = Settings.from(texts);
            body.check();
            return new SettingsRequest(reason.orElse(""), settings, seen);
        } catch (InvalidSettings bad) {
            bad.problems().forEach(problem -> body.problem("$.settings." + problem));
            body.check();
            throw bad;
        }
    }
}
