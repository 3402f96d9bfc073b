package io.sallyport.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {

    @Test
    void itReadsWhatWeWrite() {
        assertThat(
                        Json.object(
                                " { \"a\" : \"b\\\"\\\\\\u00e9\\n\\ud83d\\ude00\" , \"n\":-12,\"l\":[1, true,[],{}],\"f\":false} "))
                .isEqualTo(Map.of(
                        "a",
                        "b\"\\é\n😀",
                        "n",
                        -12L,
                        "l",
                        List.of(1L, true, List.of(), new Json.Members(Map.of())),
                        "f",
                        false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1}x",
                "{\"a\":1,}",
                "{a:1}",
                "{\"a\":01}",
                "{\"a\":1.0}",
                "{\"a\":1e3}",
                "{\"a\":9999999999999999999}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u00g0\"}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\ude00\\ud83d\"}",
                "{\"\\udfff\":\"\"}",
                "{\"a\":null}",
                "{\"a\":[1}",
                "{\"a\":\"",
                "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}}}}}}}}}}}}}"
            })
    void everythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Json.object(text)).isInstanceOf(Unreadable.class);
    }
}
