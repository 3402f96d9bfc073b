package io.sallyport.admin;

import io.sallyport.event.AuditReader;
import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import io.sallyport.json.InvalidRequest;
import io.sallyport.json.Problem;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** {@code audit}: the trail, for people to read, for the verifier to check, and without whoever is to be forgotten. */
public final class AuditResource {

    private static final Logger LOG = Logger.getLogger(AuditResource.class);
    private static final int MAX_ROWS = 500;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Administrator caller;

    AuditResource(KeycloakSession session, RealmModel realm, Administrator caller) {
        this.session = session;
        this.realm = realm;
        this.caller = caller;
    }

    /** Rows of the audit trail, newest first. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response rows(
            @QueryParam("user") @Nullable String user,
            @QueryParam("type") @Nullable String type,
            @QueryParam("first") @DefaultValue("0") String first,
            @QueryParam("max") @DefaultValue("100") String max) {
        caller.require(Permission.STATUS);
        Optional<MfaEventType> wanted = Optional.ofNullable(type).map(this::type);
        return Answer.of(
                session,
                () -> Map.of(
                        "rows",
                        session.getProvider(AuditReader.class)
                                .read(
                                        realm.getId(),
                                        Optional.ofNullable(user),
                                        wanted,
                                        QueryNumber.of("first", first, 0, Integer.MAX_VALUE),
                                        QueryNumber.of("max", max, 1, MAX_ROWS))));
    }

    /** All of it with its seals. Keycloak keeps the session and its transaction open until the last line is written. */
    @GET
    @Path("export")
    @Produces(JsonLines.TYPE)
    public Response export() {
        caller.require(Permission.STATUS);
        StreamingOutput lines = output -> {
            JsonLines to = new JsonLines(output);
            try {
                session.getProvider(AuditReader.class).export(realm.getId(), to::write);
            } catch (UncheckedIOException gone) {
                // nobody is left to tell
                LOG.debugf(gone, "the reader of the trail of realm %s went away", realm.getName());
            }
        };
        return Response.ok(lines).header("Cache-Control", "no-store").build();
    }

    /** Erases somebody who has no account any more. */
    @DELETE
    @Path("persons/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    public Response erase(@PathParam("id") String id, @QueryParam("reason") @Nullable String reason) {
        caller.require(Permission.ALL);
        return Answer.of(session, () -> {
            String why = PolicyRequest.why(Optional.ofNullable(reason));
            caller.requireFreshProof();
            if (session.users().getUserById(realm, id) != null) {
                throw new InvalidRequest(List.of("the person has an account: remove it first"));
            }
            int rows = session.getProvider(AuditReader.class)
                    .erase(realm.getId(), id)
                    .orElseThrow(() -> Problem.MFA_UNAVAILABLE.exception(
                            session,
                            List.of("rows about the person are yet to be sealed: try again"),
                            Map.of("Retry-After", "2")));
            Trail.record(
                    session,
                    realm,
                    MfaEvent.of(MfaEventType.PERSON_ERASED, Outcome.SUCCESS)
                            .with(Detail.ACTOR, caller.id())
                            .with(Detail.REASON, why)
                            .with(Detail.ROWS, String.valueOf(rows)));
            return Map.of("rows", rows);
        });
    }

    private MfaEventType type(String name) {
        return MfaEventType.named(name)
                .orElseThrow(() -> Problem.INVALID_REQUEST.exception(session, List.of("type: no event type")));
    }
}
