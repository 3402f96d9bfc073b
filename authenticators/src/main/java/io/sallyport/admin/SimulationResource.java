package io.sallyport.admin;

import io.sallyport.json.JsonBody;
import io.sallyport.population.Population;
import io.sallyport.population.simulation.Affected;
import io.sallyport.population.simulation.Audience;
import io.sallyport.population.simulation.Simulation;
import io.sallyport.provider.KeycloakClock;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** {@code …/mfa/simulate}: what a draft of the policy would do to everybody; a page of JSON, or lines while it runs. */
public final class SimulationResource {

    private static final Logger LOG = Logger.getLogger(SimulationResource.class);

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
            StoredPolicy stored = new StoredPolicy(desk.rules());
            SimulationRequest request =
                    SimulationReader.read(JsonBody.object(body, PolicyRequest.MAX_BYTES), desk.directory(), stored);
            Simulation simulation = new Simulation(stored, request.draft(), request.show());
            return wantsLines(headers)
                    ? Response.ok(lines(request, simulation), JsonLines.TYPE)
                            .header("Cache-Control", "no-store")
                            .build()
                    : Answer.json(Response.Status.OK, page(request, simulation));
        });
    }

    private static boolean wantsLines(HttpHeaders headers) {
        return headers.getAcceptableMediaTypes().stream()
                .anyMatch(type -> JsonLines.TYPE.equals(type.getType() + "/" + type.getSubtype()));
    }

    private Map<String, Object> page(SimulationRequest request, Simulation simulation) {
        List<Map<String, Object>> affected = new ArrayList<>();
        Listing listing = new Listing(request.max().orElse(SimulationRequest.PAGE), affected::add);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("context", request.context().asMap());
        answer.put("summary", run(request, simulation, listing, progress -> {}));
        answer.put("affected", affected);
        listing.next().ifPresent(id -> answer.put("next", id));
        return answer;
    }

    /** Keycloak keeps the session and its transaction open until the last line is written. */
    private StreamingOutput lines(SimulationRequest request, Simulation simulation) {
        return output -> {
            JsonLines lines = new JsonLines(output);
            Listing listing = new Listing(
                    request.max().orElse(Integer.MAX_VALUE), affected -> lines.write(Map.of("affected", affected)));
            try {
                Map<String, Object> last = new LinkedHashMap<>();
                last.put("context", request.context().asMap());
                last.put("summary", run(request, simulation, listing, progress -> {
                    lines.write(Map.of("progress", progress));
                    lines.flush();
                }));
                listing.next().ifPresent(id -> last.put("next", id));
                lines.write(last);
            } catch (UncheckedIOException gone) {
                // nobody is left to tell; thrown on, Keycloak would log an error for every tab that is closed
                LOG.debugf(gone, "the reader of a simulation in realm %s went away", realm.getName());
            }
        };
    }

    private Map<String, Object> run(
            SimulationRequest request, Simulation simulation, Listing listing, Consumer<Map<String, Object>> progress) {
        Instant now = KeycloakClock.now();
        return simulation.run(
                new Population(session, realm, request.context().at(now), request.after()),
                SimulationWarnings.of(session, realm, request.draft(), now),
                new Audience() {
                    @Override
                    public void affected(Affected one) {
                        listing.accept(one);
                    }

                    @Override
                    public void progress(long done, long total) {
                        progress.accept(Map.of("done", done, "total", total));
                    }
                });
    }
}
