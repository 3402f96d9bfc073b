package io.sallyport.admin;

import io.sallyport.json.InvalidRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an administrator asks set-up to do.
 *
 * @param reason why; goes on the record, and may be left out where nothing is changed that is in force already
 * @param settings settings to change, by name
 * @param policy the policy to put in place of the one before, as parsed JSON; absent leaves it
 */
record SetupRequest(Optional<String> reason, Map<String, String> settings, Optional<Object> policy) {

    /**
     * The request of a body.
     *
     * @throws InvalidRequest naming every problem
     */
    static SetupRequest parse(String json) {
        RequestBody body = RequestBody.parse(json, List.of("reason", "settings", "policy"));
        Optional<String> reason = body.reason();
        Map<String, String> settings = new LinkedHashMap<>();
        body.settings(false).forEach((name, text) -> text.ifPresent(value -> settings.put(name, value)));
        body.check();
        return new SetupRequest(reason, settings, body.plainField("policy"));
    }
}
