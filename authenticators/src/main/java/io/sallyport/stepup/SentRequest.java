package io.sallyport.stepup;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpointChecker;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequest;
import org.keycloak.protocol.oidc.endpoints.request.AuthzEndpointRequestParser;
import org.keycloak.protocol.oidc.par.endpoints.ParEndpoint;
import org.keycloak.protocol.oidc.par.endpoints.request.AuthzEndpointParParser;

/**
 * What was really sent: in the request object, else in the pushed request, else in the query, and nowhere else (RFC 9101
 * §5, RFC 9126 §4). Keycloak 26.7 lets the query add to the others, and silently drops a parameter that is too long or one
 * too many, also for claims of a request object that are none of its own.
 */
final class SentRequest {

    private final Map<String, Set<String>> sent = new LinkedHashMap<>();
    private final AuthorizationEndpointRequest request;

    SentRequest(KeycloakSession session, AuthorizationEndpointChecker checker) {
        this.request = checker.getAuthorizationEndpointRequest();
        Source source = object(session).or(() -> pushed(session, checker)).orElse(name -> inQuery(checker, name));
        Stream.concat(ActionRequest.PARAMETERS.stream(), Stream.of(Constants.KC_ACTION))
                .forEach(name -> sent.put(name, Set.copyOf(source.values(name))));
    }

    /**
     * Its action, if it asks for one; from here on Keycloak keeps it for the sign-in, and nothing else of the kind.
     *
     * @throws InvalidActionRequest saying what is wrong
     */
    Optional<ActionRequest> action() {
        request.getAdditionalReqParams().keySet().removeAll(ActionRequest.PARAMETERS);
        Map<String, String> parameters = new LinkedHashMap<>();
        ActionRequest.PARAMETERS.forEach(name -> single(name).ifPresent(value -> parameters.put(name, value)));
        Optional<String> understood = Optional.ofNullable(request.getAction());
        boolean alias = Stream.concat(sent.getOrDefault(Constants.KC_ACTION, Set.of()).stream(), understood.stream())
                .anyMatch(ActionRequest::isAlias);
        if (parameters.isEmpty() && !alias) {
            return Optional.empty();
        }
        Optional<String> kcAction = single(Constants.KC_ACTION);
        if (!kcAction.equals(understood)) {
            throw new InvalidActionRequest(Constants.KC_ACTION + " is empty, too long or beside the request");
        }
        Optional<ActionRequest> action = ActionRequest.of(parameters, kcAction);
        request.getAdditionalReqParams().putAll(parameters);
        return action;
    }

    private Optional<String> single(String name) {
        Set<String> values = sent.getOrDefault(name, Set.of());
        if (values.size() > 1) {
            throw new InvalidActionRequest(name + " is there more than once, with different values");
        }
        return values.stream().findFirst();
    }

    private static Optional<Source> object(KeycloakSession session) {
        return Optional.ofNullable(
                        session.getAttribute(AuthzEndpointRequestParser.AUTHZ_REQUEST_OBJECT, JsonNode.class))
                .map(object -> name -> Optional.ofNullable(object.get(name))
                        .map(value -> value.isValueNode() ? value.asText() : value.toString())
                        .map(List::of)
                        .orElse(List.of()));
    }

    private static Optional<Source> pushed(KeycloakSession session, AuthorizationEndpointChecker checker) {
        return inQuery(checker, OIDCLoginProtocol.REQUEST_URI_PARAM).stream()
                .findFirst()
                .filter(uri -> uri.toLowerCase(Locale.ROOT).startsWith(ParEndpoint.REQUEST_URI_PREFIX))
                .flatMap(uri -> Optional.ofNullable(AuthzEndpointParParser.getRequestObject(session, uri)))
                .map(pushed -> name ->
                        Optional.ofNullable(pushed.get(name)).map(List::of).orElse(List.of()));
    }

    private static List<String> inQuery(AuthorizationEndpointChecker checker, String name) {
        return Optional.ofNullable(checker.getQueryParams())
                .flatMap(query -> Optional.ofNullable(query.get(name)))
                .orElse(List.of());
    }

    /** The one place that counts. */
    private interface Source {
        List<String> values(String name);
    }
}
