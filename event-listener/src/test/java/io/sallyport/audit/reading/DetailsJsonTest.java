package io.sallyport.audit.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class DetailsJsonTest {

    @Test
    void quotesAreJustText() {
        Map<String, String> details = Map.of("a", "\",\"outcome\":\"SUCCESS\\", "b", "🔑");

        assertThat(DetailsJson.read(DetailsJson.write(details))).isEqualTo(details);
    }

    @Test
    void equalDetailsAreEqualTexts() {
        assertThat(DetailsJson.write(Map.of("b", "2", "a", "1"))).isEqualTo("{\"a\":\"1\",\"b\":\"2\"}");
    }

    @Test
    void whatDoesNotFitItsColumnIsRefused() {
        Map<String, String> details = Map.of("a", "x".repeat(200_000));

        assertThatThrownBy(() -> DetailsJson.write(details))
                .hasMessage("details have 200008 characters, want at most 200000");
    }
}
