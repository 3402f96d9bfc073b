package io.sallyport.rest;

import io.sallyport.factor.Asking;
import io.sallyport.factor.SecondFactors;
import io.sallyport.json.Problem;
import io.sallyport.json.RetryAfter;
import io.sallyport.policy.Method;
import io.sallyport.policy.action.Action;
import io.sallyport.provider.KeycloakClock;
import io.sallyport.verify.CallRate;
import io.sallyport.verify.Denied;
import io.sallyport.verify.Recorded;
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
import org.keycloak.models.RealmModel;

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
        CallRate.count(session, caller.counted(), kind).ifPresent(next -> {
            throw Problem.RATE_LIMITED.exception(session, List.of(), RetryAfter.at(next));
        });
    }

    WebApplicationException locked(Instant until) {
        return Problem.MFA_LOCKED.exception(session, List.of(), RetryAfter.at(until));
    }

    /** Of the failure that locked him: what it changed stays. */
    WebApplicationException lockedBy(Instant until) {
        return Problem.MFA_LOCKED.kept(session, List.of(), RetryAfter.at(until));
    }

    /** For whoever repeats a call that was refused; a lock may have begun or ended since. */
    WebApplicationException again(Problem before) {
        ifLocked();
        return switch (before) {
            case MFA_LOCKED, MFA_REQUIRED -> mfaRequired(Optional.empty());
            default -> before.exception(session, List.of());
        };
    }

    /** The action wants a sign-in that is not older. */
    void ifSignedInTooLongAgo(Action action) {
        action.maxAge()
                .filter(age -> SignInTime.of(caller.userSession()).plus(age).isBefore(KeycloakClock.now()))
                .ifPresent(age -> {
                    throw mfaRequired(Optional.of(age));
                });
    }

    WebApplicationException mfaRequired(Optional<Duration> maxAge) {
        return Problem.MFA_REQUIRED.exception(session, List.of(), wanted(maxAge));
    }

    /** He would change his factors by less than a fresh proof of one, and that is on the record. */
    WebApplicationException unproved() {
        return denied(Denied.UNPROVED).answer(session, () -> mfaRequired(Optional.empty()));
    }

    /** He would remove what is left of them, and that is on the record. */
    WebApplicationException lastFactor() {
        return denied(Denied.LAST_FACTOR).answer(session, () -> Problem.LAST_FACTOR.exception(session, List.of()));
    }

    private Recorded denied(String reason) {
        return Denied.at(caller.place(), caller.counted(), reason).record(session);
    }

    /** The same for an answer that was given, and counts. */
    WebApplicationException answeredInVain() {
        return Problem.MFA_REQUIRED.kept(session, List.of(), wanted(Optional.empty()));
    }

    /** RFC 9470 §3: what would be enough. */
    private Map<String, String> wanted(Optional<Duration> maxAge) {
        return Map.of(
                HttpHeaders.WWW_AUTHENTICATE,
                Scheme.of(session)
                        .refusal("error=\"insufficient_user_authentication\", acr_values=\"mfa\""
                                + maxAge.map(age -> ", max_age=" + age.toSeconds())
                                        .orElse("")));
    }

    /** The proof was right, and is spent; the guard gives no token for it all the same. */
    WebApplicationException ofGuard(int status) {
        return switch (status) {
            case 403 -> answeredInVain();
            case 400 -> Problem.MFA_LOCKED.kept(session, List.of(), Map.of());
            default -> Problem.MFA_UNAVAILABLE.kept(session, List.of(), Map.of());
        };
    }

    /** The user has no such factor, or the realm does not take it. */
    WebApplicationException unusable(KeycloakSession in, Method method) {
        RealmModel realm = in.getContext().getRealm();
        SecondFactors factors = new SecondFactors(in);
        boolean enrollable = method.enrollable() && factors.available(realm).contains(method);
        boolean enrolled = factors.of(method)
                .filter(factor -> !factor.enrollments(
                                realm,
                                in.users().getUserById(realm, caller.user().getId()))
                        .isEmpty())
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
                .map(at -> Problem.RATE_LIMITED.exception(session, List.of(), RetryAfter.at(at)))
                .orElseGet(() -> (OF_THE_USER.contains(notNow.reason())
                                ? Problem.MFA_METHOD_UNAVAILABLE
                                : Problem.MFA_UNAVAILABLE)
                        .exception(session, List.of()));
    }
}
