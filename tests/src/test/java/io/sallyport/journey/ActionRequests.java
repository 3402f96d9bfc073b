package io.sallyport.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Map;

/** The parameters by which an application asks for the approval of an action in the browser. */
final class ActionRequests {

    private ActionRequests() {}

    /** Of this type, without details. */
    static Map<String, String> of(String type) {
        return Map.of("mfa_action", type);
    }

    /** Of this type, with this JSON. */
    static Map<String, String> of(String type, String details) {
        return Map.of(
                "mfa_action",
                type,
                "mfa_details",
                Base64.getUrlEncoder().withoutPadding().encodeToString(details.getBytes(UTF_8)));
    }
}
