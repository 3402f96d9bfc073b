package io.sallyport.rest;

import io.sallyport.event.AuditUnavailable;
import io.sallyport.json.InvalidRequest;
import io.sallyport.json.JsonBody;
import io.sallyport.json.Problem;
import io.sallyport.json.TooLarge;
import io.sallyport.verify.MfaUnavailable;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.cors.Cors;

/** One call: who calls, what he wants, and an answer that says no more than it must. */
final class Call {

    /** More than any credential or transaction needs. */
    private static final int MAX_BODY = 100_000;

    private static final Logger LOG = Logger.getLogger(Call.class);

    private final KeycloakSession session;

    Call(KeycloakSession session) {
        this.session = session;
    }

    /** What a call does with the object that it is sent. */
    interface Work {

        /** The answer, as JSON. */
        Map<String, Object> answer(Map<String, Object> request);
    }

    /** A call that sends an object. */
    Response by(Access access, InputStream body, Function<Caller, Work> work) {
        return readable(() -> {
            Caller caller = known(access);
            return json(work.apply(caller).answer(object(body)));
        });
    }

    /** The same, also with an {@code mfa_token}. */
    Response by(Access access, TokenUse use, InputStream body, Function<Caller, Work> work) {
        Optional<String> token = TokenBearer.token(session);
        return token.isEmpty()
                ? by(access, body, work)
                : readable(() -> json(signingIn(token.get(), use, object(body), work)));
    }

    private Map<String, Object> signingIn(
            String token, TokenUse use, Map<String, Object> request, Function<Caller, Work> work) {
        Map<String, Object> own = new LinkedHashMap<>(request);
        Caller caller = ofOrigin(new TokenBearer(session).caller(token, use, own));
        try {
            return work.apply(caller).answer(own);
        } finally {
            caller.leaveNothing();
        }
    }

    /** A call without a body. */
    Response by(Access access, Function<Caller, Response> work) {
        return readable(() -> {
            Caller caller = known(access);
            if (type() != null) {
                wantJson();
            }
            return work.apply(caller);
        });
    }

    /** An object that nobody may keep. */
    static Response json(Map<String, Object> answer) {
        return Response.ok(answer, MediaType.APPLICATION_JSON_TYPE)
                .header("Cache-Control", "no-store")
                .build();
    }

    private Caller known(Access access) {
        return ofOrigin(new Bearer(session).caller(access));
    }

    private Caller ofOrigin(Caller caller) {
        try {
            cors().checkAllowedOrigins(session, caller.client());
        } catch (ForbiddenException foreign) {
            throw Problem.FORBIDDEN.exception(session, List.of("the origin is none of the client's"));
        }
        return caller;
    }

    private Map<String, Object> object(InputStream body) {
        wantJson();
        return JsonBody.object(body, MAX_BODY);
    }

    /** What a form of another site can send is no call. */
    private void wantJson() {
        MediaType type = type();
        if (type == null || !type.isCompatible(MediaType.APPLICATION_JSON_TYPE) || type.isWildcardType()) {
            throw Problem.UNSUPPORTED_MEDIA.exception(session, List.of("want application/json"));
        }
    }

    private @Nullable MediaType type() {
        return session.getContext().getHttpRequest().getHttpHeaders().getMediaType();
    }

    /** Whatever the answer is, pages of the client's own origins may read it; that nobody is known, any page. */
    private Response readable(Supplier<Response> work) {
        Response answer = answer(work);
        ClientModel client = session.getContext().getClient();
        Cors cors = cors().exposedHeaders("WWW-Authenticate", "Retry-After", "X-Correlation-Id");
        if (client != null) {
            try {
                cors.checkAllowedOrigins(session, client).add();
            } catch (ForbiddenException foreign) {
                LOG.debug("no page of this origin may read the answer");
            }
        } else if (answer.getStatus() == Response.Status.UNAUTHORIZED.getStatusCode()) {
            // as Keycloak's userinfo does: else a page can't tell a token that is over from a server that is gone
            cors.allowAllOrigins().add();
        }
        return answer;
    }

    private Response answer(Supplier<Response> work) {
        try {
            refuseWhereKeycloakWould();
            return work.get();
        } catch (InvalidRequest bad) {
            return problem(Problem.INVALID_REQUEST, bad.problems());
        } catch (TooLarge large) {
            return problem(Problem.TOO_LARGE, List.of(String.valueOf(large.getMessage())));
        } catch (AuditUnavailable | MfaUnavailable unavailable) {
            LOG.error("MFA is unavailable, the call was refused", unavailable);
            return problem(Problem.MFA_UNAVAILABLE, List.of());
        } catch (WebApplicationException answered) {
            return ours(answered.getResponse());
        } catch (RuntimeException broken) {
            LOG.error("a call of the self-service broke", broken);
            return problem(Problem.MFA_UNAVAILABLE, List.of());
        }
    }

    /** As the token endpoint does (Keycloak 26.7, {@code TokenEndpoint.checkSsl}, {@code checkRealm}). */
    private void refuseWhereKeycloakWould() {
        RealmModel realm = session.getContext().getRealm();
        boolean plain =
                !"https".equals(session.getContext().getUri().getBaseUri().getScheme());
        if (!realm.isEnabled()
                || (plain
                        && realm.getSslRequired()
                                .isRequired(session.getContext().getConnection()))) {
            throw Problem.FORBIDDEN.exception(session, List.of("the realm is disabled, or wants https"));
        }
    }

    /** What Keycloak itself refuses on the way is refused whole, and in our words. */
    private Response ours(Response answer) {
        if (answer.getMediaType() != null && Problem.MEDIA_TYPE.isCompatible(answer.getMediaType())) {
            return answer;
        }
        return problem(answer.getStatus() < 500 ? Problem.FORBIDDEN : Problem.MFA_UNAVAILABLE, List.of());
    }

    private Response problem(Problem problem, List<String> problems) {
        return problem.exception(session, problems).getResponse();
    }

    private static Cors cors() {
        return Cors.builder().allowedMethods("GET", "POST", "DELETE");
    }
}
