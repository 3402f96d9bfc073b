package io.sallyport.form;

import io.sallyport.policy.action.Visible;
import io.sallyport.verify.ActionApprovals;
import io.sallyport.verify.OwnTransaction;
import io.sallyport.verify.Place;
import io.sallyport.verify.Requested;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * The approval that the pages of a challenge are about.
 *
 * @param id its id
 * @param requested what is approved; empty if it can't be answered any more
 */
public record Approving(String id, Supplier<Optional<Requested>> requested) {

    /** One that was just asked for. */
    public static Approving of(Requested requested) {
        return new Approving(requested.id(), () -> Optional.of(requested));
    }

    /** One that a page asked for before; it is looked up where it is needed, before any SQL of the request. */
    public static Approving of(KeycloakSession session, Place place, UserModel user, String id) {
        return new Approving(
                id,
                () -> OwnTransaction.call(
                        session,
                        own -> new ActionApprovals(own, own.getContext().getRealm()).pending(place, user, id)));
    }

    /** What people see of it: every character of what is stored, and nothing else. */
    static Map<String, Object> view(KeycloakSession session, UserModel user, ClientModel client, Requested requested) {
        List<Map<String, Object>> fields = requested.transaction().details().shown().entrySet().stream()
                .map(field -> Map.<String, Object>of("name", field.getKey(), "texts", field.getValue()))
                .toList();
        return Map.of(
                "description",
                requested.transaction().sentence(session.getContext().resolveLocale(user)),
                "fields",
                fields,
                "client",
                name(client),
                "clientId",
                Visible.text(client.getClientId()));
    }

    /** Free text of whoever registered it; that of Keycloak's own applications is a key of a message. */
    private static String name(ClientModel client) {
        return Visible.text(Optional.ofNullable(client.getName())
                .filter(name -> !name.isBlank() && !name.startsWith("${"))
                .orElse(""));
    }
}
