package io.sallyport.audit.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.event.MfaEventType;
import io.sallyport.event.sink.CloudEvent;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class EventMessageTest {

    @Test
    void itIsACloudEvent() {
        CloudEvent event = EventMessage.of("a realm", row("x"));

        assertThat(event.type()).contains(MfaEventType.LOCKED);
        assertThat(event.subject()).contains("ann");
        assertThat(event.json())
                .startsWith("{\"specversion\":\"1.0\",\"id\":\"e\",\"source\":\"/realms/a%20realm\","
                        + "\"type\":\"auth.mfa_locked\",\"time\":\"2026-01-01T00:00:00Z\",\"subject\":\"ann\","
                        + "\"datacontenttype\":\"application/json\",\"data\":{");
    }

    @Test
    @DisplayName("AUD-04: whatever somebody called himself, an event is one line")
    void itIsOneLine() {
        String json = EventMessage.of("r", row("a\r\nb\u2028c\u2029d\u0085e\u001b[2J\"}"))
                .json();

        assertThat(json)
                .doesNotContain("\r", "\n", "\u2028", "\u2029", "\u0085", "\u001b")
                .contains("\\\"}");
    }

    @Test
    @DisplayName("AUD-05: a checkpoint of the trail is told as what the realm signed, about nobody, when it was signed")
    void aCheckpoint() {
        CloudEvent event = EventMessage.of(
                "r", new CheckpointRows.Kept("c", Instant.parse("2026-01-01T00:00:00.5Z"), "header.payload.signature"));

        assertThat(event.type()).contains(MfaEventType.AUDIT_CHECKPOINT);
        assertThat(event.subject()).isEmpty();
        assertThat(event.json())
                .isEqualTo("{\"specversion\":\"1.0\",\"id\":\"c\",\"source\":\"/realms/r\","
                        + "\"type\":\"auth.mfa_audit_checkpoint\",\"time\":\"2026-01-01T00:00:00.500Z\","
                        + "\"datacontenttype\":\"application/json\",\"data\":{\"event_code\":10124,"
                        + "\"event_type\":\"auth.mfa_audit_checkpoint\",\"checkpoint\":\"header.payload.signature\"}}");
    }

    private static Map<String, Object> row(String reason) {
        return Map.of(
                "event_id", "e",
                "event_type", "auth.mfa_locked",
                "timestamp", "2026-01-01T00:00:00Z",
                "user_id", "ann",
                "reason", reason);
    }
}
