package io.sallyport.audit;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEventType;
import java.util.HashMap;
import java.util.Map;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;

/** Events as Trail has Keycloak send them. */
final class OurEvent {

    static final String ID = "6f1c6c0a-3b0e-4a37-9a52-0d5c7a3f1e11";
    static final String REALM = "b1f2f7c4-52e1-4d4e-8f0a-2f3f6f1c9a00";
    static final long TIME = 1_767_225_600_123L;

    private OurEvent() {}

    /** The least that makes sense. */
    static Event bare(MfaEventType type) {
        Event event = new Event();
        event.setType(EventType.CUSTOM_REQUIRED_ACTION);
        event.setTime(TIME);
        event.setRealmId(REALM);
        event.setDetails(new HashMap<>(Map.of(
                Detail.MFA_EVENT,
                type.wireName(),
                Detail.EVENT_ID,
                ID,
                Detail.OUTCOME,
                "SUCCESS",
                Detail.CORRELATION_ID,
                "request-1")));
        return event;
    }

    /** The least, and this detail. */
    static Event with(String detail, String value) {
        Event event = bare(MfaEventType.VERIFIED);
        event.getDetails().put(detail, value);
        return event;
    }
}
