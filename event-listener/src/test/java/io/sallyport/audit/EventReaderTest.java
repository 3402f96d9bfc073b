package io.sallyport.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.audit.store.AuditRecord;
import io.sallyport.event.Detail;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;

final class EventReaderTest {

    @Test
    void everyFieldOfAnEventIsRead() {
        Event event = OurEvent.bare(MfaEventType.FAILED);
        event.setType(EventType.CUSTOM_REQUIRED_ACTION_ERROR);
        event.setUserId("user-1");
        event.setClientId("shop");
        event.setSessionId("session-1");
        event.setIpAddress("192.0.2.7");
        event.setError("invalid_code");
        event.getDetails()
                .putAll(Map.of(
                        Detail.OUTCOME, "FAILURE",
                        Detail.TENANT, "org-1 org-2",
                        Detail.ACTOR, "admin-1",
                        Detail.USER_AGENT, "Firefox",
                        Detail.METHOD, "totp",
                        Detail.REASON, "replayed",
                        Detail.ATTEMPT, "3",
                        Detail.RULE, "rule-1",
                        Detail.POLICY_VERSION, "7",
                        Detail.ENROLLMENT_ID, "enrollment-1"));

        assertThat(EventReader.read(event))
                .contains(new AuditRecord(
                        OurEvent.ID,
                        MfaEventType.FAILED,
                        Instant.ofEpochMilli(OurEvent.TIME),
                        OurEvent.REALM,
                        Optional.of("org-1 org-2"),
                        Optional.of("admin-1"),
                        Optional.of("user-1"),
                        Optional.of("shop"),
                        Optional.of("session-1"),
                        Optional.of("192.0.2.7"),
                        Optional.of("Firefox"),
                        Optional.of("totp"),
                        Outcome.FAILURE,
                        Optional.of("replayed"),
                        Optional.of(3),
                        Optional.of("rule-1"),
                        Optional.of(7L),
                        "request-1",
                        Map.of(Detail.ENROLLMENT_ID, "enrollment-1")));
    }

    @ParameterizedTest
    @EnumSource
    void theLeastThatAnEventSaysIsEnough(MfaEventType type) {
        AuditRecord read = EventReader.read(OurEvent.bare(type)).orElseThrow();

        assertThat(read.type()).isEqualTo(type);
        assertThat(read.userId()).isEmpty();
        assertThat(read.attempt()).isEmpty();
        assertThat(read.details()).isEmpty();
    }

    @Test
    void whoActsAloneIsTheActor() {
        Event event = OurEvent.bare(MfaEventType.VERIFIED);
        event.setUserId("user-1");

        assertThat(EventReader.read(event))
                .hasValueSatisfying(read -> assertThat(read.actorId()).contains("user-1"));
    }

    @Test
    void theErrorIsTheReasonWhereNoneIsGiven() {
        Event event = OurEvent.bare(MfaEventType.FAILED);
        event.setError("mfa_failed");

        assertThat(EventReader.read(event))
                .hasValueSatisfying(read -> assertThat(read.reason()).contains("mfa_failed"));
    }

    @Test
    void anEventWithoutDetailsIsNotOurs() {
        assertThat(EventReader.read(new Event())).isEmpty();
    }

    @Test
    void anEventOfAnotherExtensionIsNotOurs() {
        Event event = OurEvent.bare(MfaEventType.VERIFIED);
        event.getDetails().remove(Detail.MFA_EVENT);

        assertThat(EventReader.read(event)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "auth.mfa_made_up", "AUTH.MFA_VERIFIED", "auth.mfa_verified\n"})
    void anEventOfAnUnknownNameIsNotOurs(String name) {
        assertThat(EventReader.read(OurEvent.with(Detail.MFA_EVENT, name))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "event_id, 1",
        "event_id, 6f1c6c0a-3b0e-4a37-9a52-0d5c7a3f1e11-and-more",
        "outcome, PERHAPS",
        "attempt_count, many",
        "attempt_count, -1",
        "mfa_policy_version, 99999999999999999999",
        "correlation_id, ' '"
    })
    void nonsenseIsRefused(String detail, String value) {
        assertThatThrownBy(() -> EventReader.read(OurEvent.with(detail, value)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {Detail.EVENT_ID, Detail.OUTCOME, Detail.CORRELATION_ID})
    void anEventThatLacksWhatTrailAlwaysSaysIsRefused(String detail) {
        Event event = OurEvent.bare(MfaEventType.VERIFIED);
        event.getDetails().remove(detail);

        assertThatThrownBy(() -> EventReader.read(event)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anEventWithoutARealmIsRefused() {
        Event event = OurEvent.bare(MfaEventType.VERIFIED);
        event.setRealmId(null);

        assertThatThrownBy(() -> EventReader.read(event)).hasMessage("realm_id is empty");
    }

    @Test
    void anEventThatWasNeverSentIsRefused() {
        Event event = OurEvent.bare(MfaEventType.VERIFIED);
        event.setTime(0);

        assertThatThrownBy(() -> EventReader.read(event)).hasMessageStartingWith("time = 1970-01-01T00:00:00Z");
    }

    @Test
    void whatIsTooLongIsCutToItsColumn() {
        Event event = OurEvent.with(Detail.REASON, "r".repeat(10_000));
        event.getDetails().put(Detail.TENANT, "t".repeat(10_000));
        event.getDetails().put(Detail.METHOD, "m".repeat(10_000));
        event.setIpAddress("1".repeat(10_000));

        AuditRecord read = EventReader.read(event).orElseThrow();

        assertThat(read.reason().orElseThrow()).hasSize(255);
        assertThat(read.tenant().orElseThrow()).hasSize(2000);
        assertThat(read.method().orElseThrow()).hasSize(32);
        assertThat(read.ip().orElseThrow()).hasSize(64);
    }
}
