package io.sallyport.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.store.PolicyPast.PastRule;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ExceptionsRegisterTest {

    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant APRIL = Instant.parse("2026-04-01T00:00:00Z");
    private static final String REQUIRED = "{\"name\":\"all\",\"required\":true}";
    private static final String EXEMPT =
            "{\"name\":\"contractors\",\"required\":false,\"reason\":\"no phones yet\",\"valid_until\":\"2026-06-30T00:00:00Z\"}";

    @Test
    void whatStoodBeforeThePeriodIsInForceFromItsBeginning() {
        ExceptionsRegister register = new ExceptionsRegister(Map.of("a", REQUIRED, "b", EXEMPT));

        assertThat(register.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.id()).isEqualTo("b");
            assertThat(entry.from()).isEmpty();
            assertThat(entry.until()).isEmpty();
            assertThat(entry.asMap()).containsEntry("reason", "no phones yet").containsEntry("scope", "everybody");
        });
    }

    @Test
    void anEntrySaysWhenItsRuleBeginsByItself() {
        String later = EXEMPT.replace("\"valid_until\"", "\"valid_from\":\"2026-04-01T00:00:00Z\",\"valid_until\"");

        ExceptionsRegister register = new ExceptionsRegister(Map.of("b", later));
        register.changed(change(MARCH, Optional.of(later), Optional.of(EXEMPT)));

        assertThat(register.entries())
                .extracting(entry -> entry.asMap().get("valid_from"))
                .containsExactly("2026-04-01T00:00:00Z", "");
    }

    @Test
    void aChangeEndsTheEntryAndBeginsTheNext() {
        ExceptionsRegister register = new ExceptionsRegister(Map.of("b", EXEMPT));

        register.changed(change(MARCH, Optional.of(EXEMPT), Optional.of(EXEMPT.replace("phones", "keys"))));
        register.changed(change(APRIL, Optional.of(EXEMPT), Optional.of(REQUIRED)));

        assertThat(register.entries()).hasSize(2);
        assertThat(register.entries().get(0).until()).contains(MARCH);
        assertThat(register.entries().get(1).from()).contains(MARCH);
        assertThat(register.entries().get(1).until()).contains(APRIL);
        assertThat(register.entries().get(1).actor()).contains("eve");
    }

    @Test
    void aDeletionEndsIt() {
        ExceptionsRegister register = new ExceptionsRegister(Map.of("b", EXEMPT));

        register.changed(change(APRIL, Optional.of(EXEMPT), Optional.empty()));

        assertThat(register.entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.until()).contains(APRIL));
    }

    @Test
    void changesOfOtherRulesEndNothing() {
        ExceptionsRegister register = new ExceptionsRegister(Map.of("c", EXEMPT));

        register.changed(change(APRIL, Optional.empty(), Optional.of(REQUIRED)));

        assertThat(register.entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.until()).isEmpty());
    }

    @Test
    void whatCannotBeReadIsNoException() {
        assertThat(new ExceptionsRegister(Map.of("a", "{", "b", "[]", "c", "{\"required\":\"false\"}")).entries())
                .isEmpty();
    }

    private static PastRule change(Instant at, Optional<String> before, Optional<String> after) {
        return new PastRule(7, "b", 3, Optional.of("eve"), "asked by the board", at, before, after);
    }
}
