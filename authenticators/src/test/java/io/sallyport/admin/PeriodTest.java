package io.sallyport.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.json.InvalidRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PeriodTest {

    private static final Instant NOW = Instant.parse("2026-04-02T10:00:00Z");

    @Test
    void daysBeginInUtcAndTheLastOneIsNotIncluded() {
        Period quarter = Period.of(Optional.of("2026-01-01"), Optional.of("2026-04-01"), NOW);

        assertThat(quarter.from()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(quarter.last()).isEqualTo("2026-03-31T23:59:59.999Z");
    }

    @Test
    void withoutAnEndItLastsUntilNow() {
        assertThat(Period.of(Optional.of("2026-04-01T12:00:00Z"), Optional.empty(), NOW)
                        .end())
                .isEqualTo(NOW);
    }

    @Test
    void ofWhatIsToldDayByDayItHasTenYearsAtMost() {
        Period decade = Period.of(Optional.of("2016-04-02T10:00:00Z"), Optional.empty(), NOW);
        Period longer = Period.of(Optional.of("2016-03-30T10:00:00Z"), Optional.empty(), NOW);

        assertThat(decade.ofDays()).isEqualTo(decade);
        assertThatThrownBy(longer::ofDays).isInstanceOf(InvalidRequest.class);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, from: is missing",
                "yesterday, -, 'from: want a day or a time, as 2026-01-31 or 2026-01-31T12:00:00Z'",
                "2026-02-30, -, 'from: want a day or a time, as 2026-01-31 or 2026-01-31T12:00:00Z'",
                "2026-01-01, 2026-05-01, to: is still to come",
                "2026-02-01, 2026-01-01, from: want a time before the end of the period",
                "1969-12-31, -, from: want a time since 1970",
                "-1000000000-01-01T00:00:00Z, -, from: want a time since 1970",
                "2026-02-01, 2026-02-01, from: want a time before the end of the period",
                "+999999999-01-01, -, 'from: want a day or a time, as 2026-01-31 or 2026-01-31T12:00:00Z'"
            })
    void nonsenseIsRefused(String from, String to, String problem) {
        assertThatThrownBy(() -> Period.of(Optional.ofNullable(from), Optional.ofNullable(to), NOW))
                .isInstanceOfSatisfying(
                        InvalidRequest.class,
                        refused -> assertThat(refused.problems()).isEqualTo(List.of(problem)));
    }
}
