package io.sallyport.policy.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sallyport.policy.Strength;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class DetailsTest {

    private static final Action PAYMENT = new Action(
            "approve_payment",
            Description.of("Pay {amount} {currency} to {payee}"),
            Map.of("de", Description.of("{payee} {amount} {currency} zahlen")),
            List.of(
                    new Field("amount", Field.Kind.NUMBER, true, true),
                    new Field("currency", Field.Kind.TEXT, true, true),
                    new Field("payee", Field.Kind.TEXT, true, true),
                    new Field("invoices", Field.Kind.TEXTS, false, true),
                    new Field("urgent", Field.Kind.BOOLEAN, false, true),
                    new Field("trace", Field.Kind.TEXT, false, false)),
            Strength.NO_SMS,
            Optional.empty(),
            Optional.empty(),
            Optional.of(Duration.ofMinutes(3)),
            1);

    @Test
    void theSentenceAndTheListSayWhatIsBound() {
        Details details = Details.of(
                PAYMENT,
                with(Map.of("invoices", List.of("2026-17", "2026-18"), "urgent", true, "trace", "run 7 of batch 12")));

        assertThat(PAYMENT.description("en").about(details)).isEqualTo("Pay 12.5 EUR to Muster AG");
        assertThat(PAYMENT.description("de").about(details)).isEqualTo("Muster AG 12.5 EUR zahlen");
        assertThat(details.shown())
                .containsExactly(
                        Map.entry("amount", List.of("12.5")),
                        Map.entry("currency", List.of("EUR")),
                        Map.entry("payee", List.of("Muster AG")),
                        Map.entry("invoices", List.of("2026-17", "2026-18")),
                        Map.entry("urgent", List.of("true")));
        assertThat(details.told("payee")).isEqualTo("\"Muster AG\"");
        assertThat(details.told("urgent")).isEqualTo("true");
        assertThat(details.values().keySet())
                .containsExactly("amount", "currency", "invoices", "payee", "trace", "urgent");
    }

    /** SU-11. */
    @Test
    void whatNobodySeesIsMadeVisible() {
        Details details = Details.of(PAYMENT, with(Map.of("payee", "<b>x\u202Ekcatta\u200B {amount}\u00A0")));

        assertThat(PAYMENT.description("en").about(details))
                .isEqualTo("Pay 12.5 EUR to <b>x⟨U+202E⟩kcatta⟨U+200B⟩ {amount}⟨U+00A0⟩");
    }

    /** SU-11. */
    @Test
    void aListLooksLikeNoOther() {
        assertThat(Stream.of(
                                List.of("a", "b"),
                                List.of("a; b"),
                                List.of("a, b"),
                                List.of("a\", \"b"),
                                List.of("a”, “b"),
                                List.of("a″, ‶b"))
                        .map(invoices -> Details.of(PAYMENT, with(Map.of("invoices", invoices)))
                                .visible("invoices")))
                .containsExactly(
                        "\"a\", \"b\"",
                        "\"a; b\"",
                        "\"a, b\"",
                        "\"a⟨U+0022⟩, ⟨U+0022⟩b\"",
                        "\"a⟨U+201D⟩, ⟨U+201C⟩b\"",
                        "\"a⟨U+2033⟩, ⟨U+2036⟩b\"");
    }

    /** SU-11: Unicode UAX #9 would otherwise move a number to the other side of the value before it. */
    @Test
    void aValueFromRightToLeftMovesNothing() {
        Details details = Details.of(PAYMENT, with(Map.of("payee", "\u0634\u0631\u0643\u0629")));

        assertThat(PAYMENT.description("de").about(details))
                .isEqualTo("\u2068\u0634\u0631\u0643\u0629\u2069 \u206812.5\u2069 \u2068EUR\u2069 zahlen");
        assertThat(PAYMENT.description("de").about(Details.of(PAYMENT, with(Map.of("payee", "\u2069A\u2068")))))
                .isEqualTo("⟨U+2069⟩A⟨U+2068⟩ 12.5 EUR zahlen");
    }

    static Stream<String> unseen() {
        return Stream.of(
                "\n", "\u0000", "\u2028", "\u2066", "\uE000", "\u3164", "\uFE0F", "\u180E", "\u00AD", "\u2003");
    }

    @ParameterizedTest
    @MethodSource("unseen")
    void everyCharacterIsSeen(String character) {
        assertThat(Visible.text("a" + character + "b")).isEqualTo("a⟨U+%04X⟩b".formatted(character.codePointAt(0)));
        assertThat(Visible.text("Zoë’s 商店 – 5 €")).isEqualTo("Zoë’s 商店 – 5 €");
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                arguments("payee", ""),
                arguments("payee", " "),
                arguments("payee", "x".repeat(501)),
                arguments("payee", "e\u0301"),
                arguments("payee", "\uD800"),
                arguments("payee", 7),
                arguments("payee", List.of("a")),
                arguments("amount", "12.50"),
                arguments("amount", 12.5),
                arguments("amount", 9007199254740992L),
                arguments("amount", new BigInteger("18446744073709551616")),
                arguments("amount", new BigDecimal("0.1000000000000000055511151231257827")),
                arguments("amount", new BigDecimal("1E400")),
                arguments("amount", new BigDecimal("1E-400000000")),
                arguments("invoices", List.of()),
                arguments("invoices", List.of("a", "a")),
                arguments("invoices", List.of(1)),
                arguments("invoices", Collections.nCopies(51, "a")),
                arguments("invoices", "a"),
                arguments("urgent", "true"),
                arguments("payees", "Muster AG"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void whatIsNotExactIsRefused(String field, Object value) {
        assertThat(problems(with(Map.of(field, value))))
                .singleElement()
                .asString()
                .startsWith(field + ": ");
    }

    @Test
    void nothingIsTakenForNothing() {
        Map<String, Object> given = with(Map.of());
        given.put("urgent", null);
        given.remove("payee");

        assertThat(problems(given)).containsExactlyInAnyOrder("payee: is missing", "urgent: is missing");
    }

    @Test
    void exactNumbersAreKept() {
        assertThat(Details.of(PAYMENT, with(Map.of("amount", 9007199254740991L)))
                        .visible("amount"))
                .isEqualTo("9007199254740991");
        assertThat(Details.of(PAYMENT, with(Map.of("amount", new BigDecimal("100.00"))))
                        .visible("amount"))
                .isEqualTo("100");
        assertThat(Details.of(PAYMENT, with(Map.of("amount", new BigDecimal("-0.1"))))
                        .visible("amount"))
                .isEqualTo("-0.1");
    }

    private static Map<String, Object> with(Map<String, Object> more) {
        Map<String, Object> details = new HashMap<>();
        details.put("amount", new BigDecimal("12.50"));
        details.put("currency", "EUR");
        details.put("payee", "Muster AG");
        details.putAll(more);
        return details;
    }

    private static List<String> problems(Map<String, Object> given) {
        return catchThrowableOfType(InvalidDetails.class, () -> Details.of(PAYMENT, given))
                .problems();
    }
}
