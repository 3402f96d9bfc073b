package io.sallyport.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.sallyport.factor.totp.CodeText;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.http.HttpRequest;

final class PostedFormTest {

    private final MultivaluedMap<String, String> fields = new MultivaluedHashMap<>();

    @Test
    void aFieldHasItsValueWithoutBlanksAround() {
        fields.add("otp", " 123456\r\n");
        fields.add("label", "my phone");

        assertThat(form().text("otp")).contains("123456");
        assertThat(form().text("label")).contains("my phone");
    }

    @Test
    void aMissingFieldIsNone() {
        assertThat(form().text("otp")).isEmpty();
        assertThat(form().has("otp")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\r\n"})
    void anEmptyFieldIsThereButSaysNothing(String value) {
        fields.add("otp", value);

        assertThat(form().text("otp")).isEmpty();
        assertThat(form().has("otp")).isTrue();
    }

    @Test
    void aFieldWithoutAnyValueSaysNothing() {
        fields.put("otp", List.of());

        assertThat(form().text("otp")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"123456", "654321", "", " "})
    void aFieldThatStandsTwiceHasNeitherValue(String second) {
        fields.addAll("otp", "123456", second);

        assertMalformed("otp");
    }

    @Test
    void aFieldHasAtMost256Characters() {
        fields.add("fits", "x".repeat(256));
        fields.add("long", "x".repeat(257));
        fields.add("blank", "123456" + " ".repeat(251));

        assertThat(form().text("fits")).contains("x".repeat(256));
        assertMalformed("long");
        assertMalformed("blank");
    }

    @Test
    void aDocumentMayBeAsLongAsItsReaderSays() {
        fields.add("fits", " " + "x".repeat(999));
        fields.add("long", "x".repeat(1_001));
        fields.add("empty", "");
        fields.addAll("twice", "{}", "{}");

        assertThat(form().document("fits", 1_000)).contains(" " + "x".repeat(999));
        assertThat(form().document("long", 1_000))
                .hasValueSatisfying(value -> assertThat(value).hasSize(1));
        assertThat(form().document("twice", 1_000))
                .hasValueSatisfying(value -> assertThat(value).matches("\\p{Cntrl}"));
        assertThat(form().document("empty", 1_000)).isEmpty();
        assertThat(form().document("missing", 1_000)).isEmpty();
    }

    @Test
    void aFieldIsThereEvenIfItIsEmpty() {
        fields.add("empty", "");

        assertThat(form().has("empty")).isTrue();
        assertThat(form().has("missing")).isFalse();
    }

    @Test
    void aMalformedFieldDoesNotSpoilTheOthers() {
        fields.addAll("label", "a", "b");
        fields.add("otp", "123456");

        assertThat(form().text("otp")).contains("123456");
    }

    @Test
    void namesAreTakenLiterally() {
        fields.add("OTP", "123456");

        assertThat(form().text("otp")).isEmpty();
    }

    private void assertMalformed(String field) {
        String value = form().text(field).orElseThrow();

        assertThat(value).hasSize(1).isNotEqualTo("1").matches("\\p{Cntrl}");
        assertThat(CodeText.wellFormed(value)).isFalse();
    }

    private PostedForm form() {
        HttpRequest request = mock(HttpRequest.class);
        when(request.getDecodedFormParameters()).thenReturn(fields);
        return PostedForm.of(request);
    }
}
