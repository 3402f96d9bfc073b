package io.sallyport.admin;

import io.sallyport.json.InvalidRequest;
import io.sallyport.json.JsonBody;
import io.sallyport.policy.action.Action;
import io.sallyport.policy.rules.PolicyDocument;
import io.sallyport.policy.store.ActionEdit;
import io.sallyport.policy.store.ActionStore;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** {@code …/mfa/actions}: the catalogue of what needs a proof of its own; an action that it doesn't hold is denied. */
public final class ActionsResource extends CalledResource {

    private static final int MAX_BYTES = 100_000;
    private static final int MAX_HISTORY = 500;

    ActionsResource(KeycloakSession session, RealmModel realm, Administrator caller) {
        super(session, realm, caller);
    }

    /** All actions, by type. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response list() {
        caller.require(Permission.POLICY_READ);
        return Answer.of(
                session,
                () -> Map.of(
                        "actions", store().all().stream().map(ActionView::of).toList()));
    }

    /** One action. */
    @GET
    @Path("{type}")
    @Produces(MediaType.APPLICATION_JSON)
    public Response read(@PathParam("type") String type) {
        caller.require(Permission.POLICY_READ);
        return Answer.of(session, () -> ActionView.of(store().existing(type)));
    }

    /** Adds an action, or changes the one whose version its author has seen. */
    @PUT
    @Path("{type}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response put(
            @PathParam("type") String type, @QueryParam("reason") @Nullable String reason, InputStream body) {
        caller.require(Permission.POLICY_WRITE);
        return Answer.of(session, () -> {
            Map<String, Object> content = JsonBody.object(body, MAX_BYTES);
            PolicyRequest request = new PolicyRequest(content, Optional.ofNullable(reason));
            content.putIfAbsent("type", type);
            Action action = PolicyDocument.action(content);
            if (!action.type().equals(type)) {
                throw new InvalidRequest(List.of("$.type: is not the type of the path"));
            }
            Optional<Long> seen = request.seen("version");
            edit(request.why()).put(action, seen);
            return ActionView.of(store().existing(type));
        });
    }

    /** Deletes an action. */
    @DELETE
    @Path("{type}")
    public Response delete(
            @PathParam("type") String type,
            @QueryParam("version") @Nullable String version,
            @QueryParam("reason") @Nullable String reason) {
        caller.require(Permission.POLICY_WRITE);
        return Answer.by(session, () -> {
            Optional<Long> seen = Optional.ofNullable(version)
                    .map(text -> (long) QueryNumber.of("version", text, 1, Integer.MAX_VALUE));
            edit(PolicyRequest.why(Optional.ofNullable(reason))).delete(type, seen);
            return Response.noContent().build();
        });
    }

    /** What was changed in an action, newest first; also of one that is gone. */
    @GET
    @Path("{type}/history")
    @Produces(MediaType.APPLICATION_JSON)
    public Response history(@PathParam("type") String type) {
        caller.require(Permission.POLICY_READ);
        return Answer.of(
                session,
                () -> Map.of(
                        "history",
                        store().history(type, MAX_HISTORY).stream()
                                .map(ActionView::past)
                                .toList()));
    }

    private ActionEdit edit(String why) {
        caller.requireFreshProof();
        return ActionEdit.begin(session, realm, Optional.of(caller.id()), why);
    }

    private ActionStore store() {
        return new ActionStore(session, realm);
    }
}
