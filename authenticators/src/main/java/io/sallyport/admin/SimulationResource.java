package io.sallyport.admin;

import io.sallyport.event.Trail;
import io.sallyport.json.JsonBody;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** {@code …/mfa/simulate}: what a draft of the policy would do to everybody; a page of JSON, or lines while it runs. */
public final class SimulationResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final PolicyDesk desk;
    private final Administrator caller;

    SimulationResource(KeycloakSession session, RealmModel realm, PolicyDesk desk, Administrator caller) {
        this.session = session;
        this.realm = realm;
        this.desk = desk;
        this.caller = caller;
    }

    /** Changes nothing, so it needs neither a reason nor a fresh proof. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces({MediaType.APPLICATION_JSON, JsonLines.TYPE})
    public Response simulate(@Context HttpHeaders headers, InputStream body) {
        caller.require(Permission.POLICY_READ);
        return desk.answering(() -> {
            SimulationRequest request = SimulationReader.read(
                    JsonBody.object(body, PolicyRequest.MAX_BYTES), desk.directory(), new StoredPolicy(desk.rules()));
            SimulationRun run = new SimulationRun(session, realm, request); // refused before the first line, if at all
            return wantsLines(headers) ? HandedOut.to(caller, file -> lines(file, request)) : page(run, request);
        });
    }

    private static boolean wantsLines(HttpHeaders headers) {
        return headers.getAcceptableMediaTypes().stream()
                .anyMatch(type -> JsonLines.TYPE.equals(type.getType() + "/" + type.getSubtype()));
    }

    private Response page(SimulationRun run, SimulationRequest request) {
        recordReading(request, CoverageFormat.JSON);
        List<Map<String, Object>> affected = new ArrayList<>();
        Listing listing = new Listing(request.max().orElse(SimulationRequest.PAGE), affected::add);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("context", request.context().asMap());
        answer.put("summary", run.tell(listing, progress -> {}));
        answer.put("affected", affected);
        listing.next().ifPresent(id -> answer.put("next", id));
        return Answer.json(Response.Status.OK, answer);
    }

    private Response lines(HandedOut file, SimulationRequest request) {
        recordReading(request, CoverageFormat.NDJSON);
        StreamingOutput lines = file.of(
                session,
                realm,
                (own, same, output) -> write(new SimulationRun(own, same, request), request, new JsonLines(output)));
        return Response.ok(lines, JsonLines.TYPE)
                .header("Cache-Control", "no-store")
                .build();
    }

    /** It names who is affected: whoever reads names is on the record before. */
    private void recordReading(SimulationRequest request, CoverageFormat form) {
        Map<String, String> wanted = new TreeMap<>(Map.of("simulated", request.shown()));
        request.after().ifPresent(id -> wanted.put("after", id));
        Trail.recordFirst(session, realm, AuditReading.names(caller, wanted, form));
    }

    private static void write(SimulationRun run, SimulationRequest request, JsonLines lines) {
        Listing listing = new Listing(
                request.max().orElse(Integer.MAX_VALUE), affected -> lines.write(Map.of("affected", affected)));
        Map<String, Object> last = new LinkedHashMap<>();
        last.put("context", request.context().asMap());
        last.put("summary", run.tell(listing, progress -> {
            lines.write(Map.of("progress", progress));
            lines.flush();
        }));
        listing.next().ifPresent(id -> last.put("next", id));
        lines.write(last);
    }
}
