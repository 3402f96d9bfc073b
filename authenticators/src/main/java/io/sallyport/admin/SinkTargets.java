package io.sallyport.admin;

import io.sallyport.event.sink.MfaEventSink;
import io.sallyport.json.InvalidRequest;
import io.sallyport.provider.Settings;
import java.util.List;
import org.keycloak.models.KeycloakSession;

/** Keeps events from going where the operator of the server does not let them; whoever delivers them looks again. */
final class SinkTargets {

    private SinkTargets() {}

    /** Throws an {@link InvalidRequest} that names every setting that a sink can't work with. */
    static void check(KeycloakSession session, Settings settings) {
        List<String> problems = session.getAllProviders(MfaEventSink.class).stream()
                .flatMap(sink -> sink.problems(settings.texts()).stream())
                .map("$.settings."::concat)
                .sorted()
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidRequest(problems);
        }
    }
}
