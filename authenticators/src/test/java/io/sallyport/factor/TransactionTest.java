package io.sallyport.factor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.Strength;
import io.sallyport.policy.action.Action;
import io.sallyport.policy.action.Description;
import io.sallyport.policy.action.Details;
import io.sallyport.policy.action.Field;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an approval is bound to: whatever is changed, the hash is another one. */
final class TransactionTest {

    private static final Map<String, Object> PAYMENT = Map.of("amount", new BigDecimal("10.50"), "payee", "A Ltd");

    @Test
    @DisplayName("SU-02: user, client, session, tenants, challenge, action and each detail are in the hash")
    void everythingIsInTheHash() {
        Transaction one =
                new Transaction(action("pay"), details("pay", PAYMENT), "alice", "erp", "s1", List.of("t1", "t2"));
        Set<String> hashes = new HashSet<>();

        hashes.add(one.hash("c1"));
        hashes.add(one.hash("c2"));
        hashes.add(new Transaction(action("pay"), details("pay", PAYMENT), "bob", "erp", "s1", List.of("t1", "t2"))
                .hash("c1"));
        hashes.add(new Transaction(action("pay"), details("pay", PAYMENT), "alice", "shop", "s1", List.of("t1", "t2"))
                .hash("c1"));
        hashes.add(new Transaction(action("pay"), details("pay", PAYMENT), "alice", "erp", "s2", List.of("t1", "t2"))
                .hash("c1"));
        hashes.add(new Transaction(action("pay"), details("pay", PAYMENT), "alice", "erp", "s1", List.of("t1 t2"))
                .hash("c1"));
        hashes.add(new Transaction(action("buy"), details("buy", PAYMENT), "alice", "erp", "s1", List.of("t1", "t2"))
                .hash("c1"));
        hashes.add(new Transaction(
                        action("pay"),
                        details("pay", Map.of("amount", new BigDecimal("10.51"), "payee", "A Ltd")),
                        "alice",
                        "erp",
                        "s1",
                        List.of("t1", "t2"))
                .hash("c1"));
        hashes.add(new Transaction(
                        action("pay"),
                        details("pay", Map.of("amount", new BigDecimal("10.50"), "payee", "B Ltd")),
                        "alice",
                        "erp",
                        "s1",
                        List.of("t1", "t2"))
                .hash("c1"));

        assertThat(hashes).hasSize(9);
    }

    @Test
    void oneAmountHasOneSpelling() {
        Transaction one = new Transaction(action("pay"), details("pay", PAYMENT), "alice", "erp", "s1", List.of());
        Transaction other = new Transaction(
                action("pay"),
                details("pay", Map.of("payee", "A Ltd", "amount", new BigDecimal("1.05E1"))),
                "alice",
                "erp",
                "s1",
                List.of());

        assertThat(other.hash("c")).isEqualTo(one.hash("c"));
        assertThat(other.canonicalDetails()).isEqualTo("{\"amount\":10.5,\"payee\":\"A Ltd\"}");
    }

    @Test
    @DisplayName("SU-11: people read what is bound")
    void theSentenceIsInTheirLanguage() {
        Transaction one = new Transaction(
                action("pay"),
                details("pay", Map.of("amount", BigDecimal.TEN, "payee", "\u202eA")),
                "alice",
                "erp",
                "s1",
                List.of());

        assertThat(one.sentence(Locale.GERMANY)).isEqualTo("10 an \u27e8U+202E\u27e9A zahlen");
        assertThat(one.sentence(Locale.FRENCH)).isEqualTo("Pay 10 to \u27e8U+202E\u27e9A");
    }

    @Test
    @DisplayName("SU-11: where nothing but a text can be shown, no detail passes for another one")
    void whatTheSentenceLeavesOutIsToldBesideIt() {
        Action action = new Action(
                "pay",
                Description.of("Pay {amount}"),
                Map.of(),
                List.of(
                        new Field("amount", Field.Kind.NUMBER, true, true),
                        new Field("payee", Field.Kind.TEXT, true, true),
                        new Field("urgent", Field.Kind.BOOLEAN, true, true)),
                Strength.ANY,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1);
        Details details = Details.of(
                action, Map.of("amount", BigDecimal.TEN, "payee", "A\", urgent: false, x: \"B", "urgent", true));

        assertThat(new Transaction(action, details, "alice", "erp", "s1", List.of()).text(Locale.ENGLISH))
                .isEqualTo("Pay 10 (payee: \"A⟨U+0022⟩, urgent: false, x: ⟨U+0022⟩B\", urgent: true)");
    }

    private static Details details(String type, Map<String, Object> given) {
        return Details.of(action(type), given);
    }

    private static Action action(String type) {
        return new Action(
                type,
                Description.of("Pay {amount} to {payee}"),
                Map.of("de", Description.of("{amount} an {payee} zahlen")),
                List.of(
                        new Field("amount", Field.Kind.NUMBER, true, true),
                        new Field("payee", Field.Kind.TEXT, true, true)),
                Strength.ANY,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1);
    }
}
