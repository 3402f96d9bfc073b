package io.sallyport.journey;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/** Holds the trail against the tables: what has a row has its effect, and no effect is without its row. */
final class EffectJudge {

    private final List<TrailRow> trail;
    private final Aftermath left;

    EffectJudge(List<TrailRow> trail, Aftermath left) {
        this.trail = trail;
        this.left = left;
    }

    /** Each contradiction in a sentence. */
    List<String> contradictions() {
        List<String> found = new ArrayList<>();
        found.addAll(approvals());
        found.addAll(begunFactors());
        left.factors().forEach(factor -> found.addAll(of(factor)));
        found.addAll(rules());
        found.addAll(passes());
        found.addAll(recoveryCodes());
        return found;
    }

    private List<String> approvals() {
        Map<String, Long> asked = byHash("auth.mfa_challenge_created");
        Map<String, Long> given = byHash("auth.mfa_verified");
        Map<String, Long> spent = byHash("auth.mfa_approval_spent");
        List<String> found = new ArrayList<>();
        for (Aftermath.Approval approval : left.approvals()) {
            found.addAll(unequal("asked for", approval.hash(), 1, asked));
            found.addAll(unequal("given", approval.hash(), approval.given() ? 1 : 0, given));
            found.addAll(unequal("spent", approval.hash(), approval.spent() ? 1 : 0, spent));
        }
        Set<String> known =
                left.approvals().stream().map(Aftermath.Approval::hash).collect(toSet());
        asked.keySet().stream()
                .filter(hash -> !known.contains(hash))
                .forEach(hash -> found.add("Approval " + hash + " was asked for by the trail, and is not stored."));
        return found;
    }

    private static List<String> unequal(String what, String hash, long stored, Map<String, Long> rows) {
        long told = rows.getOrDefault(hash, 0L);
        return told == stored
                ? List.of()
                : List.of("Approval " + hash + " is " + what + " " + stored + " times as stored, " + told
                        + " times by the trail.");
    }

    private Map<String, Long> byHash(String type) {
        return count(row -> row.is(type) && !row.detail("action_hash").isEmpty(), row -> row.detail("action_hash"));
    }

    private Map<String, Long> count(Predicate<TrailRow> which, Function<TrailRow, String> by) {
        return trail.stream().filter(which).collect(groupingBy(by, counting()));
    }

    /** What began may have been replaced by what began after it, unless it was active once. */
    private List<String> begunFactors() {
        Set<String> stored = left.factors().stream().map(Aftermath.Factor::id).collect(toSet());
        return trail.stream()
                .filter(row -> row.is("auth.mfa_activated") && !stored.contains(row.detail("enrollment_id")))
                .map(row -> row + " is on the trail, and there is no such factor.")
                .toList();
    }

    private List<String> of(Aftermath.Factor factor) {
        boolean started = isOnTrail("auth.mfa_enrollment_started", factor);
        boolean activated = isOnTrail("auth.mfa_activated", factor);
        boolean ended = isOnTrail("auth.mfa_deactivated", factor);
        boolean active = factor.status().equals("ACTIVE");
        List<String> found = new ArrayList<>();
        if (factor.begun() && !started) {
            found.add(factor + " was begun without a row.");
        }
        if (factor.begun() && active && !activated) {
            found.add(factor + " is active without a row.");
        }
        if (ended != factor.status().equals("REVOKED")) {
            found.add(factor + (ended ? " was ended by the trail." : " was ended without a row."));
        }
        if (activated && !ended && !active) {
            found.add(factor + " is active by the trail.");
        }
        if (active != factor.stored()) {
            found.add(factor + " and its credential do not agree.");
        }
        return found;
    }

    private boolean isOnTrail(String type, Aftermath.Factor factor) {
        return trail.stream()
                .anyMatch(row -> row.is(type)
                        && row.user().equals(factor.user())
                        && row.detail("enrollment_id").equals(factor.id()));
    }

    private List<String> rules() {
        Map<String, Long> told = count(
                row -> row.type().startsWith("auth.mfa_policy_") && !row.rule().isEmpty(), TrailRow::rule);
        Set<String> made = rules("auth.mfa_policy_created");
        Set<String> deleted = rules("auth.mfa_policy_deleted");
        Set<String> all = new TreeSet<>(told.keySet());
        all.addAll(left.changes().keySet());
        all.addAll(left.rules());
        List<String> found = new ArrayList<>();
        for (String rule : all) {
            long rows = told.getOrDefault(rule, 0L);
            long changes = left.changes().getOrDefault(rule, 0L);
            if (rows != changes) {
                found.add("Rule " + rule + " has " + changes + " changes in its history, and " + rows + " rows.");
            }
            if (left.rules().contains(rule) != (made.contains(rule) && !deleted.contains(rule))) {
                found.add("Rule " + rule + (left.rules().contains(rule) ? " is" : " is not")
                        + " there, which is not what the trail says.");
            }
        }
        return found;
    }

    private Set<String> rules(String type) {
        return trail.stream().filter(row -> row.is(type)).map(TrailRow::rule).collect(toSet());
    }

    private List<String> passes() {
        Map<String, Long> told = count(row -> row.is("auth.mfa_pass_issued"), TrailRow::user);
        return differences("passes", told, left.passes());
    }

    /** Of those who got one set: the next one takes the spent ones away. */
    private List<String> recoveryCodes() {
        Map<String, Long> sets = count(row -> row.is("auth.mfa_recovery_reset"), TrailRow::user);
        Map<String, Long> told = count(
                row -> row.is("auth.mfa_recovery_used") && sets.getOrDefault(row.user(), 0L) == 1, TrailRow::user);
        Map<String, Long> spent = left.spentCodes().entrySet().stream()
                .filter(codes -> sets.getOrDefault(codes.getKey(), 0L) == 1)
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
        return differences("spent recovery codes", told, spent);
    }

    private static List<String> differences(String what, Map<String, Long> told, Map<String, Long> stored) {
        Set<String> users = new TreeSet<>(told.keySet());
        users.addAll(stored.keySet());
        return users.stream()
                .filter(user -> !told.getOrDefault(user, 0L).equals(stored.getOrDefault(user, 0L)))
                .map(user -> "User " + user + " has " + stored.getOrDefault(user, 0L) + " " + what + ", and "
                        + told.getOrDefault(user, 0L) + " rows.")
                .toList();
    }
}
