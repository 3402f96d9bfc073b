package io.sallyport.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvTest {

    @Test
    void cellsAreQuotedAndTheLineEndsAsTheStandardWantsIt() {
        assertThat(Csv.line(List.of("a", "", "b c"))).isEqualTo("\"a\",\"\",\"b c\"\r\n");
    }

    @Test
    void quotesCommasAndLineBreaksStayInTheirCell() {
        assertThat(Csv.line(List.of("a\",\"b", "c\r\nd"))).isEqualTo("\"a\"\",\"\"b\",\"c\r\nd\"\r\n");
    }

    @ParameterizedTest
    @DisplayName("AUD-04: no text of a person is a formula")
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "\u00a0=1"})
    void noFormula(String text) {
        assertThat(Csv.line(List.of(text))).isEqualTo("\"'" + text + "\"\r\n");
    }

    @Test
    void whatIsNoFormulaStaysAsItIs() {
        assertThat(Csv.line(List.of("2026-01-01T00:00:00Z", "a=b", "'")))
                .isEqualTo("\"2026-01-01T00:00:00Z\",\"a=b\",\"'\"\r\n");
    }
}
