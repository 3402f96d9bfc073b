package io.sallyport.admin;

import io.sallyport.event.AuditUnavailable;
import io.sallyport.event.TooWide;
import io.sallyport.json.InvalidRequest;
import io.sallyport.json.Problem;
import io.sallyport.json.TooLarge;
import io.sallyport.policy.rules.InvalidPolicy;
import io.sallyport.policy.store.ActsOnOneself;
import io.sallyport.policy.store.NoSuchRule;
import io.sallyport.policy.store.PolicyConflict;
import io.sallyport.policy.store.UnreadableRule;
import io.sallyport.provider.InvalidSettings;
import io.sallyport.verify.MfaUnavailable;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.keycloak.models.KeycloakSession;

/** What an administration call answers: its result, or the problem that kept it from one. */
final class Answer {

    private static final int MAX_BODY = 1_000_000;

    private Answer() {}

    /** The result as JSON. */
    static Response of(KeycloakSession session, Supplier<Map<String, Object>> result) {
        return by(session, () -> json(Response.Status.OK, result.get()));
    }

    /** What the call answers; after a problem nothing has changed. */
    static Response by(KeycloakSession session, Supplier<Response> call) {
        try {
            return call.get();
        } catch (InvalidRequest bad) {
            throw Problem.INVALID_REQUEST.exception(session, bad.problems());
        } catch (TooWide wide) {
            throw Problem.INVALID_REQUEST.exception(session, List.of(String.valueOf(wide.getMessage())));
        } catch (TooLarge large) {
            throw Problem.TOO_LARGE.exception(session, List.of(String.valueOf(large.getMessage())));
        } catch (InvalidSettings bad) {
            throw Problem.INVALID_REQUEST.exception(
                    session, bad.problems().stream().map("$.settings."::concat).toList());
        } catch (StaleSettings stale) {
            throw Problem.POLICY_CONFLICT.exception(session, stale.problems());
        } catch (InvalidPolicy bad) {
            throw Problem.INVALID_REQUEST.exception(session, bad.problems());
        } catch (ActsOnOneself own) {
            throw Problem.FORBIDDEN.exception(session, List.of(String.valueOf(own.getMessage())));
        } catch (NoSuchRule unknown) {
            throw Problem.MFA_POLICY_NOT_FOUND.exception(session, List.of(String.valueOf(unknown.getMessage())));
        } catch (PolicyConflict conflict) {
            throw Problem.POLICY_CONFLICT.exception(session, List.of(String.valueOf(conflict.getMessage())));
        } catch (UnreadableRule broken) {
            throw Problem.MFA_UNAVAILABLE.exception(session, List.of("policy rule " + broken.id() + " can't be read"));
        } catch (AuditUnavailable | MfaUnavailable unavailable) {
            throw Problem.MFA_UNAVAILABLE.exception(session, List.of());
        }
    }

    /** An object that nobody may keep. */
    static Response json(Response.Status status, Map<String, Object> body) {
        return Response.status(status)
                .entity(body)
                .header("Cache-Control", "no-store")
                .build();
    }

    /** The body as it came, if it is not too large. */
    static String body(KeycloakSession session, String posted) {
        if (posted.length() > MAX_BODY) {
            throw Problem.TOO_LARGE.exception(session, List.of());
        }
        return posted;
    }
}
