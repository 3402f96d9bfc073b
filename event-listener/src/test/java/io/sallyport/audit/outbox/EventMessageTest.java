package io.sallyport.audit.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.event.MfaEventType;
import io.sallyport.event.sink.CloudEvent;
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

    private static Map<String, Object> row(String reason) {
        return Map.of(
                "event_id", "e",
                "event_type", "auth.mfa_locked",
                "timestamp", "2026-01-01T00:00:00Z",
                "user_id", "ann",
                "reason", reason);
    }
}
