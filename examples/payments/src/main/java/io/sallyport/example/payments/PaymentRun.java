package io.sallyport.example.payments;

import java.math.BigDecimal;
import java.util.Map;

/** A payment that is due. */
record PaymentRun(String id, BigDecimal amount, String currency, String payee, String purpose) {

    /** What is approved: exactly the fields that the realm's catalogue names. */
    Map<String, Object> details() {
        return Map.of("amount", amount, "currency", currency, "payee", payee);
    }
}
