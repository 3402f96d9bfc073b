package io.sallyport.policy.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page of rules begins. Rules come in the order of their ids; exceptions in that of their ends, to the second, and of
 * their ids where those are the same.
 *
 * @param end the end of the rule after which it begins, as the store writes it; an empty text for the beginning
 * @param id its id; an empty text for the beginning
 */
public record RulePlace(String end, String id) {

    /** As much of a time as is the same with and without fractions of a second. */
    private static final int SECONDS = "2027-03-01T00:00:00".length();

    /** Ends of a year with more than four digits come first, cut off in the same way everywhere. */
    private static final Pattern NEXT = Pattern.compile("([-+:T\\d]{" + SECONDS + "})~(.+)");

    /** Before everything. */
    public static final RulePlace BEGINNING = new RulePlace("", "");

    /** After a rule. */
    public static RulePlace after(StoredRule stored, boolean byEnd) {
        String end = byEnd ? stored.rule().validUntil().map(RulePlace::text).orElse("") : "";
        return new RulePlace(end, stored.rule().id());
    }

    /** Before the exceptions that end in this second. */
    public static RulePlace endingFrom(Instant time) {
        return new RulePlace(text(time), "");
    }

    /** What {@link #next} said of a list of exceptions; empty if it can't have said so. */
    public static Optional<RulePlace> ofExceptions(String next) {
        return Optional.of(NEXT.matcher(next))
                .filter(Matcher::matches)
                .map(found -> new RulePlace(found.group(1), found.group(2)));
    }

    /** As one text. */
    public String next() {
        return end.isEmpty() ? id : end + "~" + id;
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString().substring(0, SECONDS);
    }
}
