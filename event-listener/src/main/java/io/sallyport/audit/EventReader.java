package io.sallyport.audit;

import io.sallyport.audit.store.AuditRecord;
import io.sallyport.event.Detail;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.OneLine;
import io.sallyport.event.Outcome;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.keycloak.events.Event;

/** Reads what one of our events says; any extension can emit an event, so no value is more than text to it. */
final class EventReader {

    private final Event event;
    private final Map<String, String> details;

    private EventReader(Event event, Map<String, String> details) {
        this.event = event;
        this.details = details;
    }

    /**
     * The row for an event of ours; empty for all other events.
     *
     * @throws IllegalArgumentException if the event calls itself ours and makes no sense
     */
    static Optional<AuditRecord> read(Event event) {
        return Optional.ofNullable(event.getDetails())
                .flatMap(details -> Optional.ofNullable(details.get(Detail.MFA_EVENT))
                        .flatMap(MfaEventType::named)
                        .map(type -> new EventReader(event, details).record(type)));
    }

    private AuditRecord record(MfaEventType type) {
        Optional<String> user = OneLine.of(event.getUserId(), AuditRecord.MAX_NAME);
        return new AuditRecord(
                details.getOrDefault(Detail.EVENT_ID, ""),
                type,
                Instant.ofEpochMilli(event.getTime()),
                OneLine.of(event.getRealmId(), AuditRecord.MAX_NAME).orElse(""),
                text(Detail.TENANT, AuditRecord.MAX_LIST),
                text(Detail.ACTOR, AuditRecord.MAX_NAME).or(() -> user),
                user,
                OneLine.of(event.getClientId(), AuditRecord.MAX_NAME),
                OneLine.of(event.getSessionId(), AuditRecord.MAX_NAME),
                OneLine.of(event.getIpAddress(), AuditRecord.MAX_WORD),
                text(Detail.USER_AGENT, AuditRecord.MAX_NAME),
                text(Detail.METHOD, AuditRecord.MAX_METHOD),
                Outcome.valueOf(details.getOrDefault(Detail.OUTCOME, "")),
                text(Detail.REASON, AuditRecord.MAX_NAME).or(() -> OneLine.of(event.getError(), AuditRecord.MAX_NAME)),
                text(Detail.ATTEMPT, AuditRecord.MAX_WORD).map(Integer::valueOf),
                text(Detail.RULE, AuditRecord.MAX_ID),
                text(Detail.POLICY_VERSION, AuditRecord.MAX_WORD).map(Long::valueOf),
                text(Detail.CORRELATION_ID, AuditRecord.MAX_WORD).orElse(""),
                Redaction.details(details));
    }

    private Optional<String> text(String name, int max) {
        return OneLine.of(details.get(name), max);
    }
}
