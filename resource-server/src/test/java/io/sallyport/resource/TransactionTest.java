package io.sallyport.resource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The canonical form and the hash that both sides must agree on to the byte. */
final class TransactionTest {

    @Test
    @DisplayName("The hash is that of the contract's JSON, written out by hand")
    void theHashOfTheContract() throws Exception {
        Transaction transaction = new Transaction(
                "approve_payment",
                ExactDetails.of(Map.of("payee", "Ü & <b>", "amount", new BigDecimal("1250.50"), "currency", "EUR")),
                "c-1",
                "web",
                "s-1",
                List.of("o1", "o2"),
                "u-1");
        String json =
                "{\"action\":\"approve_payment\",\"challenge\":\"c-1\",\"client\":\"web\",\"details\":{\"amount\":1250.5,"
                        + "\"currency\":\"EUR\",\"payee\":\"Ü & <b>\"},\"session\":\"s-1\",\"tenants\":[\"o1\",\"o2\"],\"user\":\"u-1\"}";

        assertThat(transaction.hash())
                .isEqualTo(Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(json.getBytes(UTF_8))));
        assertThat(new String(transaction.request(), UTF_8))
                .isEqualTo("{\"action_details\":{\"amount\":1250.5,\"currency\":\"EUR\",\"payee\":\"Ü & <b>\"},"
                        + "\"action_type\":\"approve_payment\",\"approval_id\":\"c-1\"}");
    }

    @Test
    @DisplayName("RFC 8785 §3.2.2 and §3.2.3: the examples of the standard")
    void examplesOfTheStandard() throws IOException {
        assertThat(canonical("{\"numbers\": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],"
                        + "\"string\": \"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\","
                        + "\"literals\": [null, true, false]}"))
                .isEqualTo("{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
        assertThat(canonical(
                        "{\"\\u20ac\":\"Euro Sign\",\"\\r\":\"Carriage Return\",\"\\ufb33\":\"Hebrew Letter Dalet With"
                                + " Dagesh\",\"1\":\"One\",\"\\ud83d\\ude00\":\"Emoji: Grinning Face\",\"\\u0080\":\"Control\","
                                + "\"\\u00f6\":\"Latin Small Letter O With Diaeresis\"}"))
                .isEqualTo(
                        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small Letter O With"
                                + " Diaeresis\",\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter"
                                + " Dalet With Dagesh\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2"
    })
    @DisplayName("RFC 8785 appendix B: numbers")
    void numbersOfTheStandard(String bits, String wanted) {
        double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));

        assertThat(new String(Transaction.canonical(Map.of("n", value)), UTF_8)).isEqualTo("{\"n\":" + wanted + "}");
    }

    @Test
    @DisplayName("SU-02: what would look like something else in the canonical form is refused")
    void inexactDetails() {
        for (Object bad : new Object[] {
            Double.NaN,
            Double.POSITIVE_INFINITY,
            new BigDecimal("0.10000000000000000001"),
            new BigInteger("9007199254740993"),
            9_007_199_254_740_993L,
            new BigDecimal("1E+400"),
            "half \uD800",
            List.of(1),
            List.of("half \uDC00"),
            Map.of(),
            'c'
        }) {
            assertThatThrownBy(() -> ExactDetails.of(Map.of("field", bad)))
                    .as("%s", bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("field");
        }
        Map<String, Object> nothing = new HashMap<>();
        nothing.put("field", null);
        assertThatThrownBy(() -> ExactDetails.of(nothing)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void exactDetailsAreTaken() {
        for (Object good : new Object[] {
            "",
            "Ada",
            "😀",
            true,
            0,
            -5,
            1L << 53,
            0.1,
            0.1f * 0 + 0.5f,
            new BigDecimal("1250.50"),
            List.of("a", "b"),
            List.of()
        }) {
            assertThatCode(() -> ExactDetails.of(Map.of("field", good)))
                    .as("%s", good)
                    .doesNotThrowAnyException();
        }
    }

    private static String canonical(String json) throws IOException {
        return new JsonCanonicalizer(json).getEncodedString();
    }
}
