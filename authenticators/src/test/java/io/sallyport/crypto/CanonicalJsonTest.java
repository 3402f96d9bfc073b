package io.sallyport.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 8785: one object, one spelling. */
final class CanonicalJsonTest {

    /** RFC 8785 appendix B. */
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "9007199254740991, 9007199254740991",
        "10.50, 10.5",
        "1E3, 1000",
        "333333333.33333329, 333333333.3333333",
        "1E30, 1e+30",
        "4.50, 4.5",
        "2e-3, 0.002",
        "0.000000000000000000000000001, 1e-27"
    })
    void numbersAreWrittenAsEcmaScriptDoes(String given, String written) {
        assertThat(CanonicalJson.of(Map.of("n", new BigDecimal(given)))).hasToString("{\"n\":" + written + "}");
    }

    /** RFC 8785 §3.2.3. */
    @Test
    void fieldsAreInTheOrderOfTheirUtf16Units() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("\u20ac", "Euro Sign");
        object.put("\r", "Carriage Return");
        object.put("\ufb33", "Hebrew Letter Dalet With Dagesh");
        object.put("1", "One");
        object.put("\ud83d\ude00", "Emoji: Grinning Face");
        object.put("\u0080", "Control");
        object.put("\u00f6", "Latin Small Letter O With Diaeresis");

        assertThat(CanonicalJson.of(object))
                .hasToString("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                        + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
                        + "\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    @Test
    void textsAreWrittenWithTheFewestEscapes() {
        assertThat(CanonicalJson.of(Map.of("t", "\u20ac$\u000f\nA'B\"\\/")).toString())
                .isEqualTo("{\"t\":\"\u20ac$\\u000f\\nA'B\\\"\\\\/\"}");
    }

    @Test
    void listsKeepTheirOrder() {
        assertThat(CanonicalJson.of(Map.of("l", List.of("b", "a"), "f", true)))
                .hasToString("{\"f\":true,\"l\":[\"b\",\"a\"]}");
    }

    @Test
    void theHashIsThatOfItsUtf8() {
        assertThat(CanonicalJson.of(Map.of("a", 1)).sha256()).isEqualTo("AVq9f1zFei3ZS3WQ8ErYCEJzkF7jPsXOvq5iJ2qX-GI");
    }
}
