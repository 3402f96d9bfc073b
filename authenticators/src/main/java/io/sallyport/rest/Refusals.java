package io.sallyport.rest;

import io.sallyport.factor.Asking;
import io.sallyport.factor.SecondFactors;
import io.sallyport.json.Problem;
import io.sallyport.policy.Method;
import io.sallyport.policy.action.Action;
import io.sallyport.provider.KeycloakClock;
import io.sallyport.verify.CallRate;
import io.sallyport.verify.SignInTime;
import io.sallyport.verify.Throttle;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;

/** Why a caller does not get what he wants, in the words of the contract. */
final class Refusals {

    /** Why one user is not asked, where another one would be; all else is a failure of ours or of a provider. */
    private static final Set<String> OF_THE_USER = Set.of(
            "suspended", "not_allowed", "sms_no_number", "sms_text_too_long", "no_verified_address", "too_many_keys");

    private final Caller caller;
    private final KeycloakSession session;

    Refusals(Caller caller) {
        this.caller = caller;
        this.session = caller.session();
    }

    /** A locked user gets nothing, and is told so whatever he sent. */
    void ifLocked() {
        new Throttle(session).lockedUntil(caller.realm(), caller.user().getId()).ifPresent(until -> {
            throw locked(until);
        });
    }

    /** Counts the call, before any SQL of the request; nobody needs more of them than that. */
    void ifTooMany(CallRate.Kind kind) {
        CallRate.count(session, caller.realm(), caller.user().getId(), kind).ifPresent(next -> {
            throw Problem.RATE_LIMITED.exception(session, List.of(), retryAt(next));
        });
    }

    WebApplicationException locked(Instant until) {
        return Problem.MFA_LOCKED.exception(session, List.of(), retryAt(until));
    }

    /** The action wants a sign-in that is not older. */
    void ifSignedInTooLongAgo(Action action) {
        action.maxAge()
                .filter(age -> SignInTime.of(caller.userSession()).plus(age).isBefore(KeycloakClock.now()))
                .ifPresent(age -> {
                    throw mfaRequired(Optional.of(age));
                });
    }

    /** RFC 9470 §3: what would be enough. */
    WebApplicationException mfaRequired(Optional<Duration> maxAge) {
        String wanted = Scheme.of(session)
                .refusal("error=\"insufficient_user_authentication\", acr_values=\"mfa\""
                        + maxAge.map(age -> ", max_age=" + age.toSeconds()).orElse(""));
        return Problem.MFA_REQUIRED.exception(session, List.of(), Map.of(HttpHeaders.WWW_AUTHENTICATE, wanted));
    }

    /** The proof was right, and is spent; the guard gives no token for it all the same. */
    WebApplicationException ofGuard(int status) {
        Problem problem = switch (status) {
            case 403 -> Problem.MFA_REQUIRED;
            case 400 -> Problem.MFA_LOCKED;
            default -> Problem.MFA_UNAVAILABLE;
        };
        return problem.kept(session, List.of(), Map.of());
    }

    WebApplicationException unusable(Method method) {
        boolean enrollable = method.enrollable()
                && new SecondFactors(session).available(caller.realm()).contains(method);
        boolean enrolled = new SecondFactors(session)
                .of(method)
                .filter(factor ->
                        !factor.enrollments(caller.realm(), caller.user()).isEmpty())
                .isPresent();
        return (enrollable && !enrolled ? Problem.MFA_NOT_ENROLLED : Problem.MFA_METHOD_UNAVAILABLE)
                .exception(session, List.of());
    }

    WebApplicationException nothingUsable() {
        boolean any = new SecondFactors(session).anyHeld(caller.realm(), caller.user());
        return (any ? Problem.MFA_METHOD_UNAVAILABLE : Problem.MFA_NOT_ENROLLED).exception(session, List.of());
    }

    WebApplicationException notNow(Asking.NotNow notNow) {
        ifLocked();
        return notNow.retryAt()
                .map(at -> Problem.RATE_LIMITED.exception(session, List.of(), retryAt(at)))
                .orElseGet(() -> (OF_THE_USER.contains(notNow.reason())
                                ? Problem.MFA_METHOD_UNAVAILABLE
                                : Problem.MFA_UNAVAILABLE)
                        .exception(session, List.of()));
    }

    private static Map<String, String> retryAt(Instant at) {
        long seconds = Math.max(1, Duration.between(KeycloakClock.now(), at).toSeconds() + 1);
        return Map.of(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
    }
}
