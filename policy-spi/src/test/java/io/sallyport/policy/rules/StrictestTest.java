package io.sallyport.policy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.Grace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What several rules of one level leave of grace. */
final class StrictestTest {

    private static final Draft TEN_DAYS_FIVE_SKIPS = graceful("a", grace(10, 5));
    private static final Draft THREE_DAYS = graceful("b", new Grace(Optional.of(Duration.ofDays(3)), Optional.empty()));
    private static final Draft TWO_SKIPS = graceful("c", new Grace(Optional.empty(), Optional.of(2)));
    private static final Draft NONE = Draft.required("d", Draft.global());

    @Test
    void ofSeveralRulesTheSmallestOfEachBoundIsLeft() {
        assertThat(graceOf(TEN_DAYS_FIVE_SKIPS)).contains(grace(10, 5));
        assertThat(graceOf(TEN_DAYS_FIVE_SKIPS, THREE_DAYS)).contains(grace(3, 5));
        assertThat(graceOf(THREE_DAYS, TWO_SKIPS)).contains(grace(3, 2));
        assertThat(graceOf(TWO_SKIPS, TEN_DAYS_FIVE_SKIPS, THREE_DAYS)).contains(grace(3, 2));
    }

    @Test
    void oneRuleWithoutGraceTakesItAway() {
        assertThat(graceOf(NONE)).isEmpty();
        assertThat(graceOf(TEN_DAYS_FIVE_SKIPS, NONE)).isEmpty();
        assertThat(graceOf(NONE, TEN_DAYS_FIVE_SKIPS)).isEmpty();
        assertThat(graceOf(THREE_DAYS, NONE, TWO_SKIPS)).isEmpty();
    }

    @Test
    void anExceptionBesideThemNeitherGivesNorTakesGrace() {
        Draft exception = Draft.off("e", Draft.global());

        assertThat(graceOf(exception, THREE_DAYS)).isEqualTo(graceOf(THREE_DAYS));
        assertThat(graceOf(exception, NONE)).isEmpty();
    }

    private static Optional<Grace> graceOf(Draft... rules) {
        List<PolicyRule> merged = Stream.of(rules).map(Draft::done).toList();
        return ((Resolution.Required) Strictest.of(merged, new Trace(List.of()))).grace();
    }

    private static Draft graceful(String id, Grace grace) {
        return Draft.required(id, Draft.global()).grace(grace);
    }

    private static Grace grace(int days, int skips) {
        return new Grace(Optional.of(Duration.ofDays(days)), Optional.of(skips));
    }
}
