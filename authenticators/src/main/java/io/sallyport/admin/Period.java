package io.sallyport.admin;

import io.sallyport.json.InvalidRequest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * The time that a call is about.
 *
 * @param from its first instant
 * @param end the instant after its last
 */
record Period(Instant from, Instant end) {

    /** A day more than ten years, with their leap days. */
    private static final Duration LONGEST_OF_DAYS = Duration.ofDays(3_654);

    /**
     * The period of two query parameters; a day means its beginning in UTC.
     *
     * @param to absent for now
     * @throws InvalidRequest naming every problem
     */
    static Period of(Optional<String> from, Optional<String> to, Instant now) {
        Instant first = from.map(text -> instant("from", text))
                .orElseThrow(() -> new InvalidRequest(List.of("from: is missing")));
        Instant end = to.map(text -> instant("to", text)).orElse(now);
        if (end.isAfter(now)) {
            throw new InvalidRequest(List.of("to: is still to come"));
        }
        if (first.isBefore(Instant.EPOCH)) {
            throw new InvalidRequest(List.of("from: want a time since 1970"));
        }
        if (!first.isBefore(end)) {
            throw new InvalidRequest(List.of("from: want a time before the end of the period"));
        }
        return new Period(first, end);
    }

    /**
     * The same, of which something is told for each day.
     *
     * @throws InvalidRequest if that would be too much
     */
    Period ofDays() {
        if (Duration.between(from, end).compareTo(LONGEST_OF_DAYS) > 0) {
            throw new InvalidRequest(List.of("from: want at most ten years before the end of the period"));
        }
        return this;
    }

    /** The last millisecond of it: what is stored is as exact as that. */
    Instant last() {
        return end.minusMillis(1);
    }

    private static Instant instant(String name, String text) {
        try {
            return text.length() == "2026-01-01".length()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException nonsense) {
            throw new InvalidRequest(List.of(name + ": want a day or a time, as 2026-01-31 or 2026-01-31T12:00:00Z"));
        }
    }
}
