package io.sallyport.event;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that happened, ready to be recorded.
 *
 * @param type what happened
 * @param outcome how it ended; failures are recorded even if the request's transaction rolls back
 * @param userId whom it is about; absent for events about the realm
 * @param clientId {@code client_id} of the application; absent where there is none
 * @param sessionId the user session or root authentication session; absent where there is none
 * @param details further details, by the names of {@link Detail}
 */
public record MfaEvent(
        MfaEventType type,
        Outcome outcome,
        Optional<String> userId,
        Optional<String> clientId,
        Optional<String> sessionId,
        Map<String, String> details) {

    public MfaEvent {
        details = Map.copyOf(details);
    }

    /** An event with no subject yet. */
    public static MfaEvent of(MfaEventType type, Outcome outcome) {
        return new MfaEvent(type, outcome, Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    }

    /** The same about this user. */
    public MfaEvent user(String id) {
        return new MfaEvent(type, outcome, Optional.of(id), clientId, sessionId, details);
    }

    /** The same from this application. */
    public MfaEvent client(Optional<String> id) {
        return new MfaEvent(type, outcome, userId, id, sessionId, details);
    }

    /** The same in this session. */
    public MfaEvent session(String id) {
        return new MfaEvent(type, outcome, userId, clientId, Optional.of(id), details);
    }

    /** The same with one more detail. */
    public MfaEvent with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(details);
        more.put(name, value);
        return new MfaEvent(type, outcome, userId, clientId, sessionId, more);
    }
}
