package io.sallyport.stepup;

import io.sallyport.policy.action.Action;
import io.sallyport.provider.KeycloakClock;
import io.sallyport.verify.SignInTime;
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

/** How old the sign-in may be in which an action is approved: when its page is shown, and when its answer comes. */
final class SignInAge {

    private static final String NOTE = "sallyport.approving.max-age";

    private final RequiredActionContext context;
    private final AuthenticationSessionModel signIn;

    SignInAge(RequiredActionContext context) {
        this.context = context;
        this.signIn = context.getAuthenticationSession();
    }

    /** Back to the first factor; empty if the sign-in is young enough for the action, which an answer is then held to. */
    Optional<Response> tooOld(Action action) {
        action.maxAge()
                .ifPresentOrElse(
                        age -> signIn.setAuthNote(NOTE, String.valueOf(age.toSeconds())),
                        () -> signIn.removeAuthNote(NOTE));
        return action.maxAge().filter(this::isOlderThan).map(this::signInAgain);
    }

    /** Whether it has become too old for the action since its page was shown; without any SQL. */
    boolean isOverdue() {
        return Optional.ofNullable(signIn.getAuthNote(NOTE))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .filter(this::isOlderThan)
                .isPresent();
    }

    private boolean isOlderThan(Duration age) {
        return SignInTime.of(context.getSession(), signIn, context.getUser())
                .plus(age)
                .isBefore(KeycloakClock.now());
    }

    private Response signInAgain(Duration age) {
        signIn.setClientNote(OIDCLoginProtocol.MAX_AGE_PARAM, String.valueOf(age.toSeconds()));
        if (looksYoung(age)) {
            signIn.setClientNote(OIDCLoginProtocol.PROMPT_PARAM, prompt());
        }
        AuthenticationProcessor.resetFlow(signIn, LoginActionsService.AUTHENTICATE_PATH);
        return Response.status(Response.Status.FOUND)
                .location(
                        new AuthenticationFlowURLHelper(context.getSession(), context.getRealm(), context.getUriInfo())
                                .getLastExecutionUrl(signIn))
                .build();
    }

    /** Whether Keycloak would not ask by {@code max_age} alone: a step-up has set its own time of the sign-in anew. */
    private boolean looksYoung(Duration age) {
        return Optional.<UserSessionModel>ofNullable(context.getSession()
                        .sessions()
                        .getUserSession(
                                context.getRealm(), signIn.getParentSession().getId()))
                .flatMap(running -> Optional.ofNullable(running.getNote(AuthenticationManager.AUTH_TIME)))
                .filter(seconds -> !Instant.ofEpochSecond(Long.parseLong(seconds))
                        .plus(age)
                        .isBefore(KeycloakClock.now()))
                .isPresent();
    }

    private String prompt() {
        return Optional.ofNullable(signIn.getClientNote(OIDCLoginProtocol.PROMPT_PARAM))
                .map(prompt -> prompt + " " + OIDCLoginProtocol.PROMPT_VALUE_LOGIN)
                .orElse(OIDCLoginProtocol.PROMPT_VALUE_LOGIN);
    }
}
