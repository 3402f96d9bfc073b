package io.sallyport.example.payments;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The ERP's records: which payments are due, and which were released by whom. */
final class Runs {

    private final List<PaymentRun> due = List.of(
            new PaymentRun("2026-041", new BigDecimal("48250.00"), "EUR", "Nordwind Logistics", "Freight, October"),
            new PaymentRun("2026-042", new BigDecimal("1250.50"), "EUR", "Ada Paper Supplies", "Office paper"),
            new PaymentRun("2026-043", new BigDecimal("310000.00"), "USD", "Harbor Steel Inc.", "Beams for hall 3"));
    private final Map<String, String> approvals = new ConcurrentHashMap<>();

    List<PaymentRun> due() {
        return due;
    }

    /** Of this id, with or without a slash before it. */
    PaymentRun named(String id) {
        return due.stream()
                .filter(run -> run.id().equals(id.replaceFirst("^/", "")))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such payment run"));
    }

    void release(PaymentRun run, String approvalId) {
        approvals.put(run.id(), approvalId);
    }

    Optional<String> approvalOf(PaymentRun run) {
        return Optional.ofNullable(approvals.get(run.id()));
    }
}
