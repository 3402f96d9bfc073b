package io.sallyport.event;

/** The audit row of an event could not be written, so what it would have recorded must not happen. */
public final class AuditUnavailable extends RuntimeException {

    AuditUnavailable(MfaEventType type) {
        super("no audit row for " + type.wireName() + ": refused");
    }
}
