package io.sallyport.stepup;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpointChecker;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequest;
import org.keycloak.protocol.oidc.endpoints.request.AuthzEndpointRequestParser;
import org.keycloak.protocol.oidc.par.endpoints.ParEndpoint;
import org.keycloak.protocol.oidc.par.endpoints.request.AuthzEndpointParParser;

/**
 * What was really sent, in query, pushed request and request object. Keycloak 26.7 silently drops a parameter that is too
 * long or one too many, also for claims of a request object that are none of its own, and lets one place win over another.
 */
final class SentRequest {

    private final KeycloakSession session;
    private final AuthorizationEndpointChecker checker;

    SentRequest(KeycloakSession session, AuthorizationEndpointChecker checker) {
        this.session = session;
        this.checker = checker;
    }

    /**
     * Its action, if it asks for one; from here on Keycloak keeps it for the sign-in.
     *
     * @throws InvalidActionRequest saying what is wrong
     */
    Optional<ActionRequest> action() {
        Map<String, String> sent = new LinkedHashMap<>();
        ActionRequest.PARAMETERS.forEach(name -> single(name).ifPresent(value -> sent.put(name, value)));
        if (sent.isEmpty() && values(Constants.KC_ACTION).stream().noneMatch(ActionRequest::isAlias)) {
            return Optional.empty();
        }
        Optional<String> kcAction = single(Constants.KC_ACTION);
        AuthorizationEndpointRequest request = checker.getAuthorizationEndpointRequest();
        if (!kcAction.equals(Optional.ofNullable(request.getAction()))) {
            throw new InvalidActionRequest(Constants.KC_ACTION + " is empty or too long");
        }
        Optional<ActionRequest> action = ActionRequest.of(sent, kcAction);
        request.getAdditionalReqParams().putAll(sent);
        return action;
    }

    private Optional<String> single(String name) {
        Set<String> values = values(name);
        if (values.size() > 1) {
            throw new InvalidActionRequest(name + " is there more than once, with different values");
        }
        return values.stream().findFirst();
    }

    private Set<String> values(String name) {
        Set<String> values = new HashSet<>(fromQuery(name));
        Optional.ofNullable(pushed().get(name)).ifPresent(values::add);
        object().flatMap(node -> Optional.ofNullable(node.get(name)))
                .map(node -> node.isValueNode() ? node.asText() : node.toString())
                .ifPresent(values::add);
        return values;
    }

    private List<String> fromQuery(String name) {
        return Optional.ofNullable(checker.getQueryParams())
                .flatMap(query -> Optional.ofNullable(query.get(name)))
                .orElse(List.of());
    }

    private Map<String, String> pushed() {
        return fromQuery(OIDCLoginProtocol.REQUEST_URI_PARAM).stream()
                .findFirst()
                .filter(uri -> uri.toLowerCase(Locale.ROOT).startsWith(ParEndpoint.REQUEST_URI_PREFIX))
                .flatMap(uri -> Optional.ofNullable(AuthzEndpointParParser.getRequestObject(session, uri)))
                .filter(request -> !request.containsKey(OIDCLoginProtocol.REQUEST_PARAM))
                .orElse(Map.of());
    }

    private Optional<JsonNode> object() {
        return Optional.ofNullable(
                session.getAttribute(AuthzEndpointRequestParser.AUTHZ_REQUEST_OBJECT, JsonNode.class));
    }
}
