package io.sallyport.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Authentication flows that an administrator builds without thinking of MFA. */
final class Flows {

    private Flows() {}

    /** A top-level flow of these steps, all required; its id. */
    static String make(MfaRealm realm, String alias, String... steps) {
        String flows = realm.name() + "/authentication/flows";
        Reply created = realm.admin()
                .post(flows, Map.of("alias", alias, "providerId", "basic-flow", "topLevel", true, "builtIn", false));
        for (String step : steps) {
            realm.admin().post(flows + "/" + alias + "/executions/execution", Map.of("provider", step));
        }
        for (JsonNode execution : realm.admin().get(flows + "/" + alias + "/executions")) {
            ((ObjectNode) execution).put("requirement", "REQUIRED");
            realm.admin().put(flows + "/" + alias + "/executions", execution);
        }
        return AdminApi.idOf(created);
    }

    /** Binds the flow to one client, for {@code browser} or {@code direct_grant}. */
    static void override(MfaRealm realm, String clientId, String binding, String flowId) {
        JsonNode client = realm.admin()
                .get(realm.name() + "/clients?clientId=" + clientId)
                .path(0);
        ((ObjectNode) client).putPOJO("authenticationFlowBindingOverrides", Map.of(binding, flowId));
        realm.admin().put(realm.name() + "/clients/" + client.path("id").asText(), client);
    }
}
