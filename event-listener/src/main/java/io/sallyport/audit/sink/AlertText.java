package io.sallyport.audit.sink;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.sink.CloudEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** What the mail about an event shows; the templates escape it. */
final class AlertText {

    private AlertText() {}

    static Map<String, Object> of(KeycloakSession session, RealmModel realm, String title, CloudEvent event) {
        Map<String, Object> data = event.data();
        Map<String, String> shown = new HashMap<>();
        shown.put("title", title);
        shown.put("time", event.time().toString());
        shown.put("event", event.id());
        Optional<String> actor = field(data, "actor");
        boolean lock = event.type().filter(MfaEventType.LOCKED::equals).isPresent();
        shown.put(
                "account",
                event.subject()
                        .filter(user -> lock || !actor.filter(user::equals).isPresent())
                        .map(id -> name(session, realm, id))
                        .orElse(""));
        shown.put(
                "actor",
                actor.filter(id -> !lock).map(id -> name(session, realm, id)).orElse(""));
        shown.put("address", field(data, "ip").orElse(""));
        shown.put("reason", field(data, "reason").orElse(""));
        shown.put("setting", detail(data, Detail.SETTING));
        shown.put("before", detail(data, Detail.BEFORE));
        shown.put("after", detail(data, Detail.AFTER));
        shown.put("rule", field(data, "rule").orElse(""));
        shown.putAll(exception(session, realm, event));
        Map<String, Object> attributes = new HashMap<>(); // Keycloak adds its own
        attributes.put("mfa", shown);
        return attributes;
    }

    /** Of an exception that ends: nobody did anything, and there is somebody who answers for it. */
    private static Map<String, String> exception(KeycloakSession session, RealmModel realm, CloudEvent event) {
        if (event.type().filter(MfaEventType.EXCEPTION_ENDING::equals).isEmpty()) {
            return Map.of("name", "", "owner", "", "ends", "");
        }
        String owner = detail(event.data(), Detail.OWNER);
        return Map.of(
                "actor",
                "",
                "name",
                detail(event.data(), Detail.RULE_NAME),
                "owner",
                owner.isEmpty() ? "" : name(session, realm, owner),
                "ends",
                detail(event.data(), Detail.TO));
    }

    /** An administrator may be of another realm: then his id is all that there is. */
    private static String name(KeycloakSession session, RealmModel realm, String userId) {
        return Optional.ofNullable(session.users().getUserById(realm, userId))
                .map(UserModel::getUsername)
                .orElse(userId);
    }

    private static Optional<String> field(Map<String, Object> data, String name) {
        return Optional.ofNullable(data.get(name)).map(String::valueOf);
    }

    private static String detail(Map<String, Object> data, String name) {
        return data.get("details") instanceof Map<?, ?> details && details.get(name) instanceof String text ? text : "";
    }
}
