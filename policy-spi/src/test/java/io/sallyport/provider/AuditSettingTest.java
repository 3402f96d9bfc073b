package io.sallyport.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuditSettingTest {

    @Test
    void byDefaultAllRowsAreKept() {
        assertThat(Settings.from(Map.of()).get(AuditSetting.RETENTION_DAYS)).isZero();
    }

    @Test
    void itIsSetInDays() {
        assertThat(Settings.from(Map.of("mfa.audit.retention-days", "400")).get(AuditSetting.RETENTION_DAYS))
                .isEqualTo(Duration.ofDays(400));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "29", "36501", "-1", "", "for ever", "00"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Settings.from(Map.of("mfa.audit.retention-days", text)))
                .isInstanceOf(InvalidSettings.class);
    }
}
