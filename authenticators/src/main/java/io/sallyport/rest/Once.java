package io.sallyport.rest;

import io.sallyport.crypto.CanonicalJson;
import io.sallyport.json.InvalidRequest;
import io.sallyport.json.Problem;
import io.sallyport.verify.Idempotency;
import io.sallyport.verify.OwnTransaction;
import io.sallyport.verify.RepeatableCall;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.keycloak.models.KeycloakSession;

/** Gives a call one effect, however often its caller repeats it with one {@code external_id}. */
final class Once {

    static final String EXTERNAL_ID = "external_id";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Caller caller;
    private final KeycloakSession session;
    private final String endpoint;

    Once(Caller caller, String endpoint) {
        this.caller = caller;
        this.session = caller.session();
        this.endpoint = endpoint;
    }

    /**
     * The answer of the effect, or of its repetition. Call it before any SQL of the request: it needs connections of its
     * own, and a call without an {@code external_id} pays nothing.
     */
    Map<String, Object> answer(Optional<String> externalId, Map<String, Object> request, Effect effect) {
        return externalId.map(id -> answer(call(id, request), effect)).orElseGet(() -> answered(effect.act()));
    }

    private Map<String, Object> answer(RepeatableCall call, Effect effect) {
        Idempotency.Known known = known(call);
        return switch (known.standing()) {
            case MINE -> mine(call, known.text(), effect);
            case DONE -> effect.again(known.text());
            case REFUSED -> throw refused(Problem.valueOf(known.text()));
            case UNDER_WAY ->
                throw Problem.IDEMPOTENCY_CONFLICT.exception(
                        session, List.of("the first call has not ended yet"), Map.of(HttpHeaders.RETRY_AFTER, "10"));
            case OTHER_REQUEST -> throw Problem.IDEMPOTENCY_CONFLICT.exception(session, List.of());
        };
    }

    /** Waits for a first call that is under way; no connection is held meanwhile. */
    private Idempotency.Known known(RepeatableCall call) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Idempotency.Known known = begun(call);
        while (known.standing() == Idempotency.Standing.UNDER_WAY && System.nanoTime() < end) {
            pause();
            known = begun(call);
        }
        return known;
    }

    private Idempotency.Known begun(RepeatableCall call) {
        return OwnTransaction.call(session, own -> new Idempotency(own).begin(call));
    }

    private Map<String, Object> mine(RepeatableCall call, String holder, Effect effect) {
        Effect.Outcome outcome;
        try {
            outcome = effect.act();
        } catch (RuntimeException none) {
            OwnTransaction.call(session, own -> {
                new Idempotency(own).release(call, holder);
                return true;
            });
            throw none;
        }
        if (outcome instanceof Effect.Counted counted) {
            OwnTransaction.call(
                    session,
                    own -> new Idempotency(own)
                            .refused(call, holder, counted.problem().name()));
        } else if (outcome instanceof Effect.Had had && !new Idempotency(session).done(call, holder, had.kept())) {
            // it took so long that it was given up, and somebody else makes it now
            throw Problem.MFA_UNAVAILABLE.exception(session, List.of());
        }
        return answered(outcome);
    }

    private Map<String, Object> answered(Effect.Outcome outcome) {
        if (outcome instanceof Effect.Had had) {
            return had.answer();
        }
        throw refused(((Effect.Counted) outcome).problem());
    }

    /** What was counted, and the flag of a key that may have been copied, stays. */
    private WebApplicationException refused(Problem problem) {
        return problem.kept(session, List.of(), Map.of());
    }

    private RepeatableCall call(String externalId, Map<String, Object> request) {
        Map<String, Object> asked = new LinkedHashMap<>(request);
        asked.remove(EXTERNAL_ID);
        return new RepeatableCall(
                caller.realm().getId(),
                caller.user().getId(),
                caller.place().sessionId(),
                caller.client().getId(),
                endpoint,
                externalId,
                spelled(asked));
    }

    private static String spelled(Map<String, Object> request) {
        try {
            return CanonicalJson.of(request).toString();
        } catch (IllegalArgumentException unfit) {
            throw new InvalidRequest(List.of("$: holds what RFC 8785 has no form for"));
        }
    }

    private void pause() {
        LockSupport.parkNanos(PAUSE.toNanos());
        if (Thread.currentThread().isInterrupted()) {
            throw Problem.MFA_UNAVAILABLE.exception(session, List.of());
        }
    }
}
