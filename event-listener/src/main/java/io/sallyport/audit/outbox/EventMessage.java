package io.sallyport.audit.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.sink.CloudEvent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Writes a row of the trail as an event of CloudEvents 1.0, in JSON. */
final class EventMessage {

    private static final ObjectMapper JSON = new ObjectMapper();

    private EventMessage() {}

    /** @param realm name of the realm */
    static CloudEvent of(String realm, Map<String, Object> row) {
        String id = text(row, "event_id");
        String type = text(row, "event_type");
        String time = text(row, "timestamp");
        Optional<String> subject = Optional.ofNullable(row.get("user_id")).map(String::valueOf);
        return message(realm, id, type, Instant.parse(time), subject, row);
    }

    /** Writes a checkpoint of the trail as such an event: it has no row. */
    static CloudEvent of(String realm, CheckpointRows.Kept kept) {
        MfaEventType type = MfaEventType.AUDIT_CHECKPOINT;
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("event_code", type.code());
        data.put("event_type", type.wireName());
        data.put("checkpoint", kept.jws());
        return message(realm, kept.id(), type.wireName(), kept.signedAt(), Optional.empty(), data);
    }

    private static CloudEvent message(
            String realm, String id, String type, Instant time, Optional<String> subject, Map<String, Object> data) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("specversion", "1.0");
        json.put("id", id);
        json.put(
                "source",
                "/realms/" + URLEncoder.encode(realm, StandardCharsets.UTF_8).replace("+", "%20"));
        json.put("type", type);
        json.put("time", time.toString());
        subject.ifPresent(user -> json.put("subject", user));
        json.put("datacontenttype", "application/json");
        json.put("data", data);
        return new CloudEvent(id, MfaEventType.named(type), time, subject, data, write(json));
    }

    private static String text(Map<String, Object> row, String name) {
        return String.valueOf(row.get(name));
    }

    /** Without a character that some reader takes for the end of a line. */
    private static String write(Map<String, Object> json) {
        try {
            return JSON.writeValueAsString(json)
                    .replace("\u2028", "\\u2028")
                    .replace("\u2029", "\\u2029")
                    .replace("\u0085", "\\u0085");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("texts and numbers are always JSON", impossible);
        }
    }
}
