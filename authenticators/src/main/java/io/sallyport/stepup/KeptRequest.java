package io.sallyport.stepup;

import io.sallyport.form.Actions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.Constants;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpoint;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The request for an approval as Keycloak 26.7 keeps it in the sign-in, where no page can change it. */
final class KeptRequest {

    private KeptRequest() {}

    /** Whether this sign-in asks for an approval that was neither given nor cancelled. */
    static boolean isOpen(AuthenticationSessionModel signIn) {
        boolean asked = kept(signIn, ActionRequest.ACTION).isPresent()
                || Actions.APPROVE.equals(signIn.getClientNote(Constants.KC_ACTION));
        return asked
                && OIDCLoginProtocol.LOGIN_PROTOCOL.equals(signIn.getProtocol())
                && signIn.getClientNote(Constants.KC_ACTION_STATUS) == null;
    }

    /**
     * What it asks.
     *
     * @throws InvalidActionRequest if that is nothing
     */
    static ActionRequest in(AuthenticationSessionModel signIn) {
        Map<String, String> parameters = new LinkedHashMap<>();
        ActionRequest.PARAMETERS.forEach(name -> kept(signIn, name).ifPresent(value -> parameters.put(name, value)));
        Optional<String> alias = Optional.ofNullable(signIn.getClientNote(Constants.KC_ACTION_PARAMETER))
                .map(type -> Actions.APPROVE + ":" + type);
        return ActionRequest.of(parameters, alias)
                .orElseThrow(() -> new InvalidActionRequest(ActionRequest.ACTION + " is missing"));
    }

    private static Optional<String> kept(AuthenticationSessionModel signIn, String name) {
        return Optional.ofNullable(
                signIn.getClientNote(AuthorizationEndpoint.LOGIN_SESSION_NOTE_ADDITIONAL_REQ_PARAMS_PREFIX + name));
    }
}
