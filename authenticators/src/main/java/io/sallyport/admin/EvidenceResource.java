package io.sallyport.admin;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import io.sallyport.provider.DatabaseClock;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** {@code …/mfa/evidence}: one ZIP that tells an auditor, years later and without this server, all about a period. */
public final class EvidenceResource extends CalledResource {

    private static final String ZIP = "application/zip";

    EvidenceResource(KeycloakSession session, RealmModel realm, Administrator caller) {
        super(session, realm, caller);
    }

    /**
     * The packet of a period. It is on the record before the first byte leaves.
     */
    @GET
    @Produces(ZIP)
    public Response packet(
            @Context UriInfo uri, @QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to) {
        caller.require(Permission.STATUS, Permission.POLICY_READ);
        return Answer.by(session, () -> {
            QueryNames.refuseOthers(uri, "from", "to");
            Period period = Period.of(Optional.ofNullable(from), Optional.ofNullable(to), DatabaseClock.now(session));
            return HandedOut.to(caller, file -> packet(file, period));
        });
    }

    private Response packet(HandedOut file, Period period) {
        String id = Trail.recordFirst(
                session,
                realm,
                MfaEvent.of(MfaEventType.EVIDENCE_EXPORTED, Outcome.SUCCESS)
                        .with(Detail.ACTOR, caller.id())
                        .with(Detail.FROM, period.from().toString())
                        .with(Detail.TO, period.end().toString()));
        Map<String, Object> head = Map.of("evidence", id, "actor", caller.id());
        StreamingOutput zip =
                file.of(session, realm, (own, same, out) -> new EvidenceWriter(own, same, period).write(out, head));
        return Response.ok(zip, ZIP)
                .header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Disposition", "attachment; filename=\"" + name(period) + "\"")
                .build();
    }

    private String name(Period period) {
        String plain = realm.getName().replaceAll("[^A-Za-z0-9._-]", "_");
        return "mfa-evidence-" + plain + "-" + day(period.from()) + "-" + day(period.last()) + ".zip";
    }

    private static String day(Instant time) {
        return time.toString().substring(0, "2026-01-01".length());
    }
}
