package io.sallyport.rest;

import io.sallyport.json.Problem;
import io.sallyport.json.Refused;
import io.sallyport.json.Spelling;
import io.sallyport.verify.Idempotency;
import io.sallyport.verify.OwnTransaction;
import io.sallyport.verify.RepeatableCall;
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
        return externalId.map(id -> answer(call(id, request), effect)).orElseGet(() -> effect.act(Effect.Memory.NONE));
    }

    private Map<String, Object> answer(RepeatableCall call, Effect effect) {
        Idempotency.Known known = known(call);
        return switch (known.progress()) {
            case MINE -> made(Making.of(session, call, known.text()), effect);
            case DONE -> effect.again(known.text());
            case REFUSED -> throw new Refusals(caller).again(Problem.valueOf(known.text()));
            case UNDER_WAY ->
                throw Problem.IDEMPOTENCY_CONFLICT.exception(
                        session, List.of("the first call has not ended yet"), Map.of(HttpHeaders.RETRY_AFTER, "10"));
            case OTHER_REQUEST -> throw Problem.IDEMPOTENCY_CONFLICT.exception(session, List.of());
        };
    }

    private static Map<String, Object> made(Making making, Effect effect) {
        try {
            return effect.act(making);
        } catch (Refused refused) {
            making.refused(refused.problem());
            throw refused;
        } catch (RuntimeException none) {
            // it may have been thrown in another transaction of the request: this one must end the call all the same
            making.broken();
            throw none;
        }
    }

    private Idempotency.Known known(RepeatableCall call) {
        Idempotency.Known known = begun(call);
        return known.progress() == Idempotency.Progress.UNDER_WAY
                ? WaitingRoom.OF_NODE
                        .of(caller.user().getId(), () -> awaited(call))
                        .orElse(known)
                : known;
    }

    /** Waits for a first call that is under way; no connection is held meanwhile. */
    private Idempotency.Known awaited(RepeatableCall call) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Idempotency.Known known = begun(call);
        while (known.progress() == Idempotency.Progress.UNDER_WAY && System.nanoTime() < end) {
            pause();
            known = begun(call);
        }
        return known;
    }

    private Idempotency.Known begun(RepeatableCall call) {
        return OwnTransaction.call(session, own -> new Idempotency(own).begin(call));
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
                Spelling.of(asked));
    }

    private void pause() {
        LockSupport.parkNanos(PAUSE.toNanos());
        if (Thread.currentThread().isInterrupted()) {
            throw Problem.MFA_UNAVAILABLE.exception(session, List.of());
        }
    }
}
