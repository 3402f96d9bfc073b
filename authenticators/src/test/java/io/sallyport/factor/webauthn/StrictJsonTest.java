package io.sallyport.factor.webauthn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StrictJsonTest {

    @Test
    void membersHaveTheirTypes() {
        StrictJson json = StrictJson.parse(
                "{\"text\": \"a\", \"bytes\": \"AQI\", \"object\": {\"text\": \"b\"}, \"flag\": true, \"texts\": [\"c\", \"d\"]}",
                "it");

        assertThat(json.text("text")).isEqualTo("a");
        assertThat(json.bytes("bytes").length()).isEqualTo(2);
        assertThat(json.object("object").text("text")).isEqualTo("b");
        assertThat(json.flag("flag")).isTrue();
        assertThat(json.texts("texts")).containsExactly("c", "d");
    }

    @Test
    void whatMayBeMissingMayBeNull() {
        StrictJson json = StrictJson.parse("{\"text\": null, \"object\": null, \"flag\": null, \"texts\": null}", "it");

        assertThat(json.optionalText("text")).isEmpty();
        assertThat(json.optionalObject("object")).isEmpty();
        assertThat(json.flag("flag")).isFalse();
        assertThat(json.flag("missing")).isFalse();
        assertThat(json.texts("texts")).isEmpty();
        assertRefused("it.text is missing", "{\"text\": null}", found -> found.text("text"));
        assertRefused("it.object is missing", "{}", found -> found.object("object"));
    }

    @Test
    void aMemberOfAnotherTypeIsRefused() {
        assertRefused("it.text is not a text", "{\"text\": 1}", json -> json.text("text"));
        assertRefused("it.bytes is empty", "{\"bytes\": \"\"}", json -> json.bytes("bytes"));
        assertRefused("it.object is not an object", "{\"object\": []}", json -> json.object("object"));
        assertRefused(
                "it.o.text is not a text",
                "{\"o\": {\"text\": {}}}",
                json -> json.object("o").text("text"));
        assertRefused("it.flag is not a boolean", "{\"flag\": \"true\"}", json -> json.flag("flag"));
        assertRefused("it.texts is not an array", "{\"texts\": \"a\"}", json -> json.texts("texts"));
        assertRefused(
                "it.texts has another element than a text", "{\"texts\": [\"a\", 1]}", json -> json.texts("texts"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "1", "null", "\"text\""})
    void anythingElseThanAnObjectIsRefused(String text) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> StrictJson.parse(text, "it"))
                .withMessage("it is not a JSON object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{} {}", "{\"a\": 1, \"a\": 1}", "{'a': 1}"})
    void whatIsNotOneObjectOfJsonIsRefused(String text) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> StrictJson.parse(text, "it"))
                .withMessage("it is not JSON");
    }

    private static void assertRefused(String reason, String text, Consumer<StrictJson> reader) {
        StrictJson json = StrictJson.parse(text, "it");

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> reader.accept(json))
                .withMessage(reason);
    }
}
