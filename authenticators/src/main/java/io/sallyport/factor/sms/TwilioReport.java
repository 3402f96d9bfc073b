package io.sallyport.factor.sms;

import java.util.Map;
import java.util.Optional;

/** The form that Twilio posts when a message has come further. */
final class TwilioReport {

    private TwilioReport() {}

    /** What it says; empty if it is nothing that we keep. */
    static Optional<StatusReport> of(Map<String, String> form) {
        Optional<String> reference = Optional.ofNullable(form.get("MessageSid"));
        Optional<SendStatus> status = switch (form.getOrDefault("MessageStatus", "")) {
            case "delivered" -> Optional.of(SendStatus.DELIVERED);
            case "undelivered", "failed" -> Optional.of(SendStatus.UNDELIVERED);
            default -> Optional.empty();
        };
        return reference.flatMap(sid -> status.map(known -> new StatusReport(sid, known)));
    }
}
