package io.sallyport.stepup;

import io.sallyport.policy.action.Action;
import io.sallyport.provider.KeycloakClock;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.services.util.AuthenticationFlowURLHelper;
import org.keycloak.sessions.AuthenticationSessionModel;

/** How old the sign-in may be in which an action is approved. */
final class SignInAge {

    private final RequiredActionContext context;
    private final AuthenticationSessionModel signIn;

    SignInAge(RequiredActionContext context) {
        this.context = context;
        this.signIn = context.getAuthenticationSession();
    }

    /** Back to the first factor, as {@code max_age} of the application would; empty if the sign-in is young enough. */
    Optional<Response> tooOld(Action action) {
        return action.maxAge()
                .filter(age -> since().plus(age).isBefore(KeycloakClock.now()))
                .map(this::signInAgain);
    }

    /** A sign-in that did not come by the cookie is made now. */
    private Instant since() {
        boolean byCookie = "true".equals(signIn.getAuthNote(AuthenticationManager.SSO_AUTH));
        Optional<UserSessionModel> running = Optional.ofNullable(context.getSession()
                .sessions()
                .getUserSession(context.getRealm(), signIn.getParentSession().getId()));
        return byCookie
                ? running.flatMap(found -> Optional.ofNullable(found.getNote(AuthenticationManager.AUTH_TIME)))
                        .map(Long::parseLong)
                        .map(Instant::ofEpochSecond)
                        .orElse(Instant.EPOCH)
                : KeycloakClock.now();
    }

    private Response signInAgain(Duration age) {
        signIn.setClientNote(OIDCLoginProtocol.MAX_AGE_PARAM, String.valueOf(age.toSeconds()));
        AuthenticationProcessor.resetFlow(signIn, LoginActionsService.AUTHENTICATE_PATH);
        return Response.status(Response.Status.FOUND)
                .location(
                        new AuthenticationFlowURLHelper(context.getSession(), context.getRealm(), context.getUriInfo())
                                .getLastExecutionUrl(signIn))
                .build();
    }
}
