package io.sallyport.rest;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.utils.AuthorizeClientUtil;

/**
 * The client's own authentication beside an {@code mfa_token}, by whatever the realm has for it (Keycloak 26.7,
 * {@code AuthorizeClientUtil}): as fields of the body that are named as at the token endpoint, as a Basic header of another
 * name, or by its certificate.
 */
final class ClientProof {

    static final List<String> FIELDS = List.of(
            OAuth2Constants.CLIENT_ID,
            OAuth2Constants.CLIENT_SECRET,
            OAuth2Constants.CLIENT_ASSERTION,
            OAuth2Constants.CLIENT_ASSERTION_TYPE);

    private final KeycloakSession session;
    private final EventBuilder event;

    ClientProof(KeycloakSession session, EventBuilder event) {
        this.session = session;
        this.event = event;
    }

    /** What it leaves in the session; its fields are taken out of the request. */
    Map<String, String> of(ClientModel client, Map<String, Object> request, Supplier<WebApplicationException> unknown) {
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        form.putSingle(OAuth2Constants.CLIENT_ID, client.getClientId());
        for (String field : FIELDS) {
            Object value = request.remove(field);
            if (value != null) {
                if (!(value instanceof String text)) {
                    throw unknown.get();
                }
                form.putSingle(field, text);
            }
        }
        if (!client.getClientId().equals(form.getFirst(OAuth2Constants.CLIENT_ID))) {
            throw unknown.get();
        }
        AuthenticationProcessor processor = AuthorizeClientUtil.getAuthenticationProcessor(session, event);
        processor.setRequest(new ClientRequest(session.getContext().getHttpRequest(), form));
        boolean refused = processor.authenticateClient() != null;
        if (refused
                || processor.getClient() == null
                || !processor.getClient().getId().equals(client.getId())) {
            throw unknown.get();
        }
        return processor.getClientAuthAttributes();
    }
}
