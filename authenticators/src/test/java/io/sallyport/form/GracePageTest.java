package io.sallyport.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.sallyport.form.GracePage.Choice;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.http.HttpRequest;

final class GracePageTest {

    @Test
    void eachButtonIsAChoice() {
        assertThat(GracePage.choice(form("now"))).contains(Choice.NOW);
        assertThat(GracePage.choice(form("later"))).contains(Choice.LATER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "LATER", "latér", "later\0", "now later", "true"})
    void nothingElseIs(String text) {
        assertThat(GracePage.posted(form(text))).isTrue();
        assertThat(GracePage.choice(form(text))).isEmpty();
    }

    @Test
    void twoChoicesAreNone() {
        assertThat(GracePage.choice(form("later", "later"))).isEmpty();
        assertThat(GracePage.choice(form())).isEmpty();
        assertThat(GracePage.posted(form())).isFalse();
    }

    private static PostedForm form(String... choices) {
        MultivaluedMap<String, String> fields = new MultivaluedHashMap<>();
        Arrays.stream(choices).forEach(choice -> fields.add("grace", choice));
        HttpRequest request = mock(HttpRequest.class);
        when(request.getDecodedFormParameters()).thenReturn(fields);
        return PostedForm.of(request);
    }
}
