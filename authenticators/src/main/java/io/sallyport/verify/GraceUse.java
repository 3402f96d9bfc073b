package io.sallyport.verify;

import io.sallyport.policy.Grace;
import java.time.Instant;
import java.util.Optional;

/**
 * What a user has made of one rule's grace so far. It only ever shrinks: a rule that gives more later changes nothing for
 * him, one that gives less does.
 *
 * @param startedAt the first sign-in that met the rule
 * @param endsAt the end as it was fixed then; absent if the rule counted only sign-ins
 * @param skipped sign-ins that went on without enrolling
 */
record GraceUse(Instant startedAt, Optional<Instant> endsAt, long skipped) {

    /** What is left of it if this is what the rule gives now. */
    GraceLeft of(Grace given) {
        return new GraceLeft(
                GraceLeft.lesser(endsAt, given.time().map(startedAt::plus)),
                given.skips().map(most -> Math.max(0, most - skipped)));
    }
}
