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

    /** A browser flow whose second level of authentication asks for nothing (Keycloak's own step-up); its id. */
    static String levels(MfaRealm realm, String alias) {
        String flows = realm.name() + "/authentication/flows";
        Reply created = realm.admin()
                .post(flows, Map.of("alias", alias, "providerId", "basic-flow", "topLevel", true, "builtIn", false));
        add(realm, alias, "auth-cookie");
        subflow(realm, alias, alias + "-all");
        subflow(realm, alias + "-all", alias + "-1");
        add(realm, alias + "-1", "conditional-level-of-authentication");
        add(realm, alias + "-1", "auth-username-password-form");
        subflow(realm, alias + "-all", alias + "-2");
        add(realm, alias + "-2", "conditional-level-of-authentication");
        add(realm, alias + "-2", "allow-access-authenticator");
        int level = 0;
        for (JsonNode execution : realm.admin().get(flows + "/" + alias + "/executions")) {
            boolean flow = execution.path("authenticationFlow").asBoolean();
            String requirement =
                    execution.path("level").asInt() == 0 ? "ALTERNATIVE" : flow ? "CONDITIONAL" : "REQUIRED";
            ((ObjectNode) execution).put("requirement", requirement);
            realm.admin().put(flows + "/" + alias + "/executions", execution);
            if (execution.path("providerId").asText().equals("conditional-level-of-authentication")) {
                level++;
                realm.admin()
                        .post(
                                realm.name() + "/authentication/executions/"
                                        + execution.path("id").asText() + "/config",
                                Map.of(
                                        "alias",
                                        alias + level,
                                        "config",
                                        Map.of("loa-condition-level", String.valueOf(level), "loa-max-age", "36000")));
            }
        }
        return AdminApi.idOf(created);
    }

    private static void subflow(MfaRealm realm, String parent, String alias) {
        realm.admin()
                .post(
                        realm.name() + "/authentication/flows/" + parent + "/executions/flow",
                        Map.of(
                                "alias",
                                alias,
                                "type",
                                "basic-flow",
                                "provider",
                                "registration-page-form",
                                "description",
                                ""));
    }

    private static void add(MfaRealm realm, String flow, String step) {
        realm.admin()
                .post(
                        realm.name() + "/authentication/flows/" + flow + "/executions/execution",
                        Map.of("provider", step));
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
