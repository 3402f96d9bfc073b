package io.sallyport.admin;

import io.sallyport.event.AuditQuery;
import io.sallyport.event.Csv;
import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Trail;
import io.sallyport.json.InvalidRequest;
import io.sallyport.json.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** {@code audit/export}: the trail as a file, with the realm's word for what was handed out. */
public final class AuditExportResource extends CalledResource {

    /** Of the answer: by which its manifest is asked for. */
    static final String ID = "X-Export-Id";

    private static final String CSV = "csv";
    private static final String SEALED = "ndjson";
    private static final String FORMAT = "format";

    AuditExportResource(KeycloakSession session, RealmModel realm, Administrator caller) {
        super(session, realm, caller);
    }

    /**
     * It with its seals, or rows for people. It is on the record before the first byte leaves.
     */
    @GET
    @Produces({JsonLines.TYPE, "text/csv"})
    public Response export(@Context UriInfo uri) {
        caller.require(Permission.STATUS);
        return Answer.by(session, () -> {
            MultivaluedMap<String, String> asked = uri.getQueryParameters();
            AuditQuery query = AuditRequest.of(asked, Set.of(FORMAT)).pages(AuditQuery.MAX);
            boolean csv = isCsv(asked, query);
            return HandedOut.to(caller, file -> export(file, query, csv));
        });
    }

    private Response export(HandedOut file, AuditQuery query, boolean csv) {
        String id = Trail.recordFirst(
                session,
                realm,
                AuditReading.event(MfaEventType.AUDIT_EXPORTED, caller, query).with(Detail.FORMAT, csv ? CSV : SEALED));
        Consumer<MfaEvent> record = event -> Trail.recordFirst(session, realm, event);
        StreamingOutput lines = file.of(
                session,
                realm,
                (own, same, to) -> write(new AuditExport(own, same, record, caller, id, query, to), csv));
        return Response.ok(lines, csv ? Csv.TYPE : JsonLines.TYPE)
                .header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Disposition", "attachment; filename=\"trail." + (csv ? CSV : SEALED) + "\"")
                .header(ID, id)
                .build();
    }

    /** The realm's word for an export that came to its end: as it was signed then, nothing is signed here. */
    @GET
    @Path("{id}/manifest")
    @Produces(MediaType.APPLICATION_JSON)
    public Response manifest(@Context UriInfo uri, @PathParam("id") String id) {
        caller.require(Permission.STATUS);
        return Answer.of(session, () -> {
            QueryNames.refuseOthers(uri);
            return Map.of(
                    "manifest",
                    new ExportRecord(session, realm)
                            .manifest(id)
                            .orElseThrow(() -> Problem.NOT_FOUND.exception(
                                    session, List.of("no export with this id came to its end"))));
        });
    }

    private static void write(AuditExport export, boolean csv) {
        if (csv) {
            export.csv();
        } else {
            export.sealed();
        }
    }

    private static boolean isCsv(MultivaluedMap<String, String> asked, AuditQuery query) {
        List<String> formats = Optional.ofNullable(asked.get(FORMAT)).orElse(List.of(SEALED));
        if (formats.equals(List.of(CSV))) {
            return true;
        }
        if (!formats.equals(List.of(SEALED))) {
            throw new InvalidRequest(List.of("format: want ndjson or csv"));
        }
        if (!query.filters().isEmpty()) {
            throw new InvalidRequest(
                    List.of("the sealed trail has from and to alone: only format=csv has other filters"));
        }
        return false;
    }
}
