package io.sallyport.audit.reminder;

import io.sallyport.policy.rules.PolicyRule;
import io.sallyport.policy.rules.State;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What somebody is reminded of.
 *
 * @param rule id of the exception
 * @param end when it ends, to the millisecond
 * @param days the stage: so many days before the end it was due
 */
record Reminder(String rule, Instant end, int days) {

    Reminder {
        end = end.truncatedTo(ChronoUnit.MILLIS);
    }

    /** The one that is due now, of the latest stage that has begun; empty for what is no exception, is not in force or is over. */
    static Optional<Reminder> due(PolicyRule rule, List<Integer> stages, Instant now) {
        return rule.validUntil()
                .filter(end -> rule.isException() && rule.state() == State.ENFORCED && now.isBefore(end))
                .flatMap(end -> stages.stream()
                        .filter(days -> !now.isBefore(end.minus(Duration.ofDays(days))))
                        .min(Integer::compare)
                        .map(days -> new Reminder(rule.id(), end, days)));
    }
}
