package io.sallyport.admin;

import io.sallyport.event.AuditPage;
import io.sallyport.event.AuditQuery;
import io.sallyport.event.AuditReader;
import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import io.sallyport.json.Problem;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** {@code audit}: the trail, for people to read, for the verifier to check, and without whoever is to be forgotten. */
public final class AuditResource extends CalledResource {

    AuditResource(KeycloakSession session, RealmModel realm, Administrator caller) {
        super(session, realm, caller);
    }

    /** Rows of the audit trail, newest first, a page at a time; each page that is read is on the record before it is shown. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response rows(@Context UriInfo uri) {
        caller.require(Permission.STATUS);
        return Answer.of(session, () -> {
            AuditQuery query = AuditRequest.of(uri.getQueryParameters(), Set.of("cursor", "max"));
            Trail.recordFirst(session, realm, AuditReading.event(MfaEventType.AUDIT_READ, caller, query));
            AuditPage page = session.getProvider(AuditReader.class).read(realm.getId(), query);
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("rows", page.rows());
            page.next().ifPresent(next -> body.put("next", next.toString()));
            return body;
        });
    }

    /** What shows that a row is in the sealed trail, for whoever has that row alone; it is read, so it is on the record. */
    @GET
    @Path("{id}/proof")
    @Produces(MediaType.APPLICATION_JSON)
    public Response proof(@Context UriInfo uri, @PathParam("id") String id) {
        caller.require(Permission.STATUS);
        return Answer.of(session, () -> {
            QueryNames.refuseOthers(uri);
            return new AuditProof(session, realm, caller).of(id);
        });
    }

    /** The trail as a file. */
    @Path("export")
    public AuditExportResource export() {
        return new AuditExportResource(session, realm, caller);
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
            new Departed(session, realm, caller).require(id);
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
}
