package io.sallyport.journey;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds locks against the trail: each is told once, also where that came late, and nobody passes while there is one. */
final class LockJudge {

    private final List<TrailRow> trail;
    private final Aftermath left;
    private final Duration cooldown;

    LockJudge(List<TrailRow> trail, Aftermath left, Duration cooldown) {
        this.trail = trail;
        this.left = left;
        this.cooldown = cooldown;
    }

    /** Each contradiction in a sentence. */
    List<String> contradictions() {
        List<TrailRow> told = trail.stream().filter(TrailRow::isLock).toList();
        List<String> found = new ArrayList<>();
        left.locks().forEach((user, until) -> {
            if (told.stream().noneMatch(row -> row.user().equals(user) && isIt(row))) {
                found.add("User " + user + " is locked until " + until + ", and no row says so.");
            }
        });
        toldTwice(told).forEach(lock -> found.add("The lock " + lock + " was told more than once."));
        Set<String> locked = told.stream().map(TrailRow::user).collect(toSet());
        trail.stream()
                .filter(row -> row.reason().equals("locked") && !locked.contains(row.user()))
                .forEach(row -> found.add(row + " refuses for a lock that no row tells."));
        told.forEach(lock -> found.addAll(of(lock)));
        return found;
    }

    private static Set<String> toldTwice(List<TrailRow> told) {
        return told.stream()
                .collect(groupingBy(row -> row.user() + " until " + until(row), counting()))
                .entrySet()
                .stream()
                .filter(lock -> lock.getValue() > 1)
                .map(Map.Entry::getKey)
                .collect(toSet());
    }

    private List<String> of(TrailRow lock) {
        Instant end = Instant.ofEpochSecond(until(lock));
        Instant begin = end.minus(cooldown);
        List<Instant> lifted = times("auth.mfa_unlocked", lock, begin, end);
        List<String> found = new ArrayList<>();
        times("auth.mfa_verified", lock, lock.time(), end).stream()
                .filter(passed -> lifted.stream().noneMatch(passed::isAfter))
                .forEach(
                        passed -> found.add("User " + lock.user() + " passed at " + passed + ", within " + lock + "."));
        boolean still = left.locks().containsKey(lock.user());
        // the end is told to the second, so the begin may be that much later
        if (still && isIt(lock) && lifted.stream().anyMatch(begin.plusSeconds(1)::isBefore)) {
            found.add("User " + lock.user() + " was unlocked, and is locked still by " + lock + ".");
        }
        if (!still
                && lifted.isEmpty()
                && times("auth.mfa_verified", lock, begin, end).isEmpty()) {
            found.add("User " + lock.user() + " is not locked any more, and nothing says who ended " + lock + ".");
        }
        return found;
    }

    /** Whether it is the lock that is stored. */
    private boolean isIt(TrailRow lock) {
        return left.locks().get(lock.user()).getEpochSecond() == until(lock);
    }

    /** When something succeeded for whoever was locked, in this time. */
    private List<Instant> times(String type, TrailRow lock, Instant from, Instant to) {
        return trail.stream()
                .filter(row -> row.is(type) && row.user().equals(lock.user()))
                .map(TrailRow::time)
                .filter(time -> time.isAfter(from) && time.isBefore(to))
                .toList();
    }

    private static long until(TrailRow row) {
        return Long.parseLong(row.detail("locked_until"));
    }
}
