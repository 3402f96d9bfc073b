package io.sallyport.audit.reminder;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.address.StrictAddresses;
import io.sallyport.policy.rules.Directory;
import io.sallyport.policy.rules.PolicyDocument;
import io.sallyport.policy.rules.PolicyRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReminderTest {

    private static final Instant END = Instant.parse("2026-06-30T00:00:00.123456Z");
    private static final List<Integer> STAGES = List.of(14, 3);

    @ParameterizedTest(name = "{0} before the end: {1}")
    @CsvSource({"P15D, 0", "P14DT0.001S, 0", "P14D, 14", "P3DT1S, 14", "P3D, 3", "PT0.001S, 3", "PT0S, 0", "PT-1S, 0"})
    void theLatestStageThatHasBegunIsDueUntilTheEnd(Duration before, int days) {
        assertThat(Reminder.due(rule("ENFORCED", false), STAGES, END.minus(before))
                        .map(Reminder::days)
                        .orElse(0))
                .isEqualTo(days);
    }

    @Test
    void nobodyIsRemindedOfWhatTakesNothingBack() {
        Instant now = END.minusSeconds(1);

        assertThat(Reminder.due(rule("DISABLED", false), STAGES, now)).isEmpty();
        assertThat(Reminder.due(rule("REPORT_ONLY", false), STAGES, now)).isEmpty();
        assertThat(Reminder.due(rule("ENFORCED", true), STAGES, now)).isEmpty();
        assertThat(Reminder.due(rule("ENFORCED", false), List.of(), now)).isEmpty();
    }

    @Test
    void itIsKnownByItsEndToTheMillisecondAsItIsStored() {
        assertThat(new Reminder("rule", END, 3)).isEqualTo(new Reminder("rule", END.minusNanos(456_000), 3));
    }

    private static PolicyRule rule(String state, boolean required) {
        return PolicyDocument.parse(
                        Map.of(
                                "rules",
                                List.of(Map.of(
                                        "id",
                                        "rule",
                                        "required",
                                        required,
                                        "scope",
                                        Map.of("user", "ann"),
                                        "reason",
                                        "no phones yet",
                                        "state",
                                        state,
                                        "valid_until",
                                        END.toString()))),
                        Directory.ofIds(StrictAddresses::network))
                .get(0);
    }
}
