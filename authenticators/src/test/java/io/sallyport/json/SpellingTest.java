package io.sallyport.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpellingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "5 | 5.0",
                "5.0 | 5.00",
                "9007199254740992 | 9007199254740993",
                "9007199254740992.0 | 9007199254740993.0",
                "0.1 | 0.10000000000000000001",
                "1e400 | 1e401",
                "\"5\" | 5",
                "\"\\ud800\" | \"?\"",
                "\"\\ud800\" | \"\\ud801\"",
                "\"\\u00e9\" | \"e\\u0301\"",
                "[1,2] | [2,1]",
                "[[1],2] | [[1,2]]",
                "null | \"null\"",
            })
    void differentValuesAreSpelledDifferently(String one, String other) {
        assertThat(spelled("{\"a\":" + one + "}")).isNotEqualTo(spelled("{\"a\":" + other + "}"));
    }

    @Test
    void fieldsAreInOneOrderHoweverDeep() {
        assertThat(spelled("{\"b\":[{\"d\":1,\"c\":2}],\"a\":true}"))
                .isEqualTo(spelled(" { \"a\" : true, \"b\" : [ { \"c\" : 2, \"d\" : 1 } ] } "))
                .isEqualTo("{\"a\":true,\"b\":[{\"c\":2,\"d\":1}]}");
    }

    @Test
    void aLetterHasOneSpellingHoweverItWasEscaped() {
        assertThat(spelled("{\"a\":\"\\u00e9\\/\"}")).isEqualTo(spelled("{\"a\":\"é/\"}"));
    }

    private static String spelled(String json) {
        return Spelling.of(JsonBody.object(json.getBytes(StandardCharsets.UTF_8)));
    }
}
