package io.sallyport.admin;

import io.sallyport.policy.store.RuleStore;
import io.sallyport.population.Population;
import io.sallyport.population.simulation.Affected;
import io.sallyport.population.simulation.Audience;
import io.sallyport.population.simulation.Simulation;
import io.sallyport.provider.KeycloakClock;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** One simulation as it was asked for, of what a session sees. */
final class SimulationRun {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final SimulationRequest request;
    private final Simulation simulation;

    /** Reads the policy, which throws what it throws where a rule can't be read. */
    SimulationRun(KeycloakSession session, RealmModel realm, SimulationRequest request) {
        this.session = session;
        this.realm = realm;
        this.request = request;
        this.simulation =
                new Simulation(new StoredPolicy(new RuleStore(session, realm)), request.draft(), request.show());
    }

    /** Runs over everybody; the numbers, for an answer. */
    Map<String, Object> tell(Listing listing, Consumer<Map<String, Object>> progress) {
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
