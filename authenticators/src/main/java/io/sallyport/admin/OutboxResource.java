package io.sallyport.admin;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import io.sallyport.event.sink.Outbox;
import io.sallyport.provider.EventsSetting;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
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
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** {@code outbox}: what waits to be told to other systems, and what was given up. */
public final class OutboxResource extends CalledResource {

    private static final int MAX_ROWS = 500;

    OutboxResource(KeycloakSession session, RealmModel realm, Administrator caller) {
        super(session, realm, caller);
    }

    /** How much waits at each sink, and the dead letters, oldest first. These name people: whoever sees some is on the record before. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response read(
            @Context UriInfo uri,
            @QueryParam("first") @DefaultValue("0") String first,
            @QueryParam("max") @DefaultValue("100") String max) {
        caller.require(Permission.STATUS);
        return Answer.of(session, () -> {
            QueryNames.refuseOthers(uri, "first", "max");
            int from = QueryNumber.of("first", first, 0, Integer.MAX_VALUE);
            int most = QueryNumber.of("max", max, 1, MAX_ROWS);
            Outbox outbox = session.getProvider(Outbox.class);
            List<Map<String, Object>> dead = outbox.dead(realm.getId(), from, most).stream()
                    .map(this::seen)
                    .toList();
            if (!dead.isEmpty()) {
                Trail.recordFirst(session, realm, AuditReading.deadLetters(caller, from, most));
            }
            return Map.of("sinks", outbox.counts(realm.getId()), "dead_letters", dead);
        });
    }

    /** Where a webhook is called is a setting, and may be a secret: it is shown to those who may see the settings. */
    private Map<String, Object> seen(Map<String, Object> letter) {
        Map<String, Object> seen = new LinkedHashMap<>(letter);
        if (!caller.may(Permission.ALL)) {
            seen.computeIfPresent("addressee", (name, whole) -> EventsSetting.hostOnly(String.valueOf(whole)));
        }
        return seen;
    }

    /** Lets dead letters be delivered again. */
    @POST
    @Path("resend")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response resend(@Nullable String posted) {
        caller.require(Permission.ALL);
        return Answer.of(session, () -> {
            ResendRequest request = ResendRequest.parse(
                    Answer.body(session, Optional.ofNullable(posted).orElse("")));
            caller.requireFreshProof();
            int resent = session.getProvider(Outbox.class).resend(realm.getId(), request.events());
            Trail.record(
                    session,
                    realm,
                    MfaEvent.of(MfaEventType.OUTBOX_RESENT, Outcome.SUCCESS)
                            .with(Detail.ACTOR, caller.id())
                            .with(Detail.REASON, request.reason())
                            .with(Detail.ROWS, String.valueOf(resent)));
            return Map.of("resent", resent);
        });
    }
}
