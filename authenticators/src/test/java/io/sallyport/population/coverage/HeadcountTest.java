package io.sallyport.population.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HeadcountTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 100.0",
        "0, 1, 0.0",
        "1, 1, 100.0",
        "1, 3, 33.33",
        "2, 3, 66.66",
        "999999, 1000000, 99.99",
        "99999999, 100000000, 99.99"
    })
    void aShareIsHundredOnlyIfNobodyIsMissing(long part, long whole, double percent) {
        assertThat(Headcount.percent(part, whole)).isEqualTo(percent);
    }

    @Test
    void ofNobodyNothingIsCounted() {
        assertThat(new Headcount().asMap()).containsEntry("users", 0L).containsEntry("missing", 0L);
    }
}
