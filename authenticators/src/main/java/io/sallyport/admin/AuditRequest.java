package io.sallyport.admin;

import io.sallyport.event.AuditCursor;
import io.sallyport.event.AuditFilter;
import io.sallyport.event.AuditQuery;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.json.InvalidRequest;
import io.sallyport.policy.Method;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what rows of the trail are asked for, and reports everything that is wrong with it. */
final class AuditRequest {

    private static final int MAX_TEXT = 255;
    private static final String DEFAULT_ROWS = "100";

    private final MultivaluedMap<String, String> asked;
    private final List<String> problems = new ArrayList<>();

    private AuditRequest(MultivaluedMap<String, String> asked) {
        this.asked = asked;
    }

    /**
     * The rows that a query asks for.
     *
     * @param others names that have nothing to do with it
     * @throws InvalidRequest naming every problem; what is not known is one, for a filter with a slip would show too much
     */
    static AuditQuery of(MultivaluedMap<String, String> asked, Set<String> others) {
        return new AuditRequest(asked).query(others);
    }

    private AuditQuery query(Set<String> others) {
        Map<AuditFilter, String> filters = new EnumMap<>(AuditFilter.class);
        problems.addAll(QueryNames.problems(asked, names(others)));
        for (AuditFilter filter : AuditFilter.values()) {
            text(filter.wireName()).flatMap(text -> value(filter, text)).ifPresent(value -> filters.put(filter, value));
        }
        Optional<Instant> from = time("from");
        Optional<Instant> to = time("to");
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            problems.add("from: want a time before to");
        }
        Optional<AuditCursor> after = others.contains("cursor") ? cursor() : Optional.empty();
        int max = rows(others.contains("max") ? text("max").orElse(DEFAULT_ROWS) : DEFAULT_ROWS);
        if (!problems.isEmpty()) {
            throw new InvalidRequest(problems);
        }
        return new AuditQuery(filters, from, to, after, max);
    }

    private static Set<String> names(Set<String> others) {
        Set<String> names = new HashSet<>(others);
        names.addAll(Set.of("from", "to"));
        for (AuditFilter filter : AuditFilter.values()) {
            names.add(filter.wireName());
        }
        return names;
    }

    /** What stands there, if it stands there once and is not empty: anything else is a problem that was told. */
    private Optional<String> text(String name) {
        List<String> values = Optional.ofNullable(asked.get(name)).orElse(List.of());
        if (values.size() != 1 || values.get(0).isBlank()) {
            return Optional.empty();
        }
        if (values.get(0).length() > MAX_TEXT) {
            problems.add(name + ": want at most " + MAX_TEXT + " characters");
            return Optional.empty();
        }
        if (values.get(0).codePoints().anyMatch(Character::isISOControl)) {
            problems.add(name + ": has a control character");
            return Optional.empty();
        }
        return Optional.of(values.get(0));
    }

    private Optional<String> value(AuditFilter filter, String text) {
        return switch (filter) {
            case TYPE ->
                known(
                        "type: no event type",
                        MfaEventType.named(text)
                                .or(() -> Arrays.stream(MfaEventType.values())
                                        .filter(type ->
                                                String.valueOf(type.code()).equals(text))
                                        .findFirst())
                                .map(type -> String.valueOf(type.code())));
            case METHOD -> known("method: no method", Method.named(text).map(Method::name));
            case OUTCOME ->
                known(
                        "outcome: want SUCCESS or FAILURE",
                        Arrays.stream(Outcome.values())
                                .map(Outcome::name)
                                .filter(text::equals)
                                .findFirst());
            default -> Optional.of(text);
        };
    }

    private Optional<String> known(String problem, Optional<String> value) {
        if (value.isEmpty()) {
            problems.add(problem);
        }
        return value;
    }

    private Optional<Instant> time(String name) {
        return text(name).flatMap(text -> {
            try {
                Instant time = Instant.parse(text);
                if (!time.equals(time.truncatedTo(ChronoUnit.MILLIS))) {
                    problems.add(name + ": want no more than milliseconds, which is how exact rows are");
                    return Optional.empty();
                }
                if (!time.isBefore(Instant.EPOCH) && !time.isAfter(AuditQuery.LAST_TIME)) {
                    return Optional.of(time);
                }
            } catch (DateTimeParseException none) {
                // told below
            }
            problems.add(name + ": want a time such as 2026-01-31T00:00:00Z");
            return Optional.empty();
        });
    }

    private Optional<AuditCursor> cursor() {
        return text("cursor").flatMap(text -> {
            try {
                return Optional.of(AuditCursor.parse(text));
            } catch (IllegalArgumentException none) {
                problems.add("cursor: is not one that a page ended with");
                return Optional.empty();
            }
        });
    }

    private int rows(String text) {
        try {
            return QueryNumber.of("max", text, 1, AuditQuery.MAX);
        } catch (InvalidRequest bad) {
            problems.addAll(bad.problems());
            return 1;
        }
    }
}
