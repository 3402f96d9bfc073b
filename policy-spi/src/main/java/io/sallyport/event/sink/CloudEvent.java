package io.sallyport.event.sink;

import io.sallyport.event.MfaEventType;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One event as it leaves the server; it may arrive more than once, always with the same id.
 *
 * @param id of the event and of its row of the audit trail
 * @param type absent if a newer version wrote it
 * @param time when it happened
 * @param subject id of the user that it is about
 * @param data what the row says, by the names of the API
 * @param json all of it in the structured mode of CloudEvents 1.0, on one line
 */
public record CloudEvent(
        String id,
        Optional<MfaEventType> type,
        Instant time,
        Optional<String> subject,
        Map<String, Object> data,
        String json) {

    public CloudEvent {
        data = Map.copyOf(data);
    }
}
