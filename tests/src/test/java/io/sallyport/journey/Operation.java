package io.sallyport.journey;

import io.sallyport.event.MfaEventType;
import java.util.List;

/**
 * One operation of the product, and the rows that it must leave in the trail: these and no other.
 *
 * @param work does it; the id of whom it is about, empty if it is about nobody
 * @param rows what must be on the record
 * @param later whether the server writes it by itself, after the request
 */
record Operation(String name, Work work, List<Expected> rows, boolean later) {

    /** Does the operation, and whatever must be there before it by other means. */
    interface Work {
        String of(Traced traced) throws Exception;
    }

    /**
     * One row.
     *
     * @param method empty if there is none
     * @param reason empty if there is none
     * @param ruled whether a rule decided, so that the row must name it
     */
    record Expected(MfaEventType type, String outcome, String method, String reason, boolean ruled) {

        /** The same by the rule of the policy. */
        Expected byRule() {
            return new Expected(type, outcome, method, reason, true);
        }

        @Override
        public String toString() {
            return String.join(" ", type.wireName(), outcome, method, reason);
        }
    }

    static Expected success(MfaEventType type, String method, String reason) {
        return new Expected(type, "SUCCESS", method, reason, false);
    }

    static Expected failure(MfaEventType type, String method, String reason) {
        return new Expected(type, "FAILURE", method, reason, false);
    }

    /** Somebody who does something is told no more than that it was done: the server goes on by itself. */
    static Operation later(String name, Work work, Expected row) {
        return new Operation(name, work, List.of(row), true);
    }

    static Operation of(String name, Work work, Expected... rows) {
        return new Operation(name, work, List.of(rows), false);
    }
}
