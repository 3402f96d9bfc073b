package io.sallyport.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AuditQueryTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123Z");

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 501})
    void aPageHasOneToFiveHundredRows(int max) {
        assertThatThrownBy(() -> AuditQuery.all(max)).hasMessage("max = " + max + ", want 1 to 500");
    }

    @Test
    void aTimeBeginsBeforeItEnds() {
        assertThatThrownBy(() -> new AuditQuery(Map.of(), Optional.of(NOON), Optional.of(NOON), Optional.empty(), 1))
                .hasMessageStartingWith("from = 2026-01-01T12:00:00.123Z");
    }

    @Test
    void aCursorComesBackAsItWent() {
        AuditCursor cursor = new AuditCursor(NOON, UUID.randomUUID().toString());

        assertThat(AuditCursor.parse(cursor.toString())).isEqualTo(cursor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "$", "MTIz", "LTEuMDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw"})
    void whatIsNoCursorIsRefused(String text) {
        assertThatThrownBy(() -> AuditCursor.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource
    void aFilterIsFoundByItsName(AuditFilter filter) {
        assertThat(AuditFilter.named(filter.wireName())).contains(filter);
    }
}
