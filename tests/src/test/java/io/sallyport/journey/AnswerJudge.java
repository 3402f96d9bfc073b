package io.sallyport.journey;

import static java.util.stream.Collectors.groupingBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds what clients saw against the trail: what was answered has its rows, and what has rows was asked for. */
final class AnswerJudge {

    private final List<Deed> deeds;
    private final List<TrailRow> trail;
    private final Map<String, List<TrailRow>> rows;

    AnswerJudge(List<Deed> deeds, List<TrailRow> trail) {
        this.deeds = deeds;
        this.trail = trail;
        this.rows = trail.stream().collect(groupingBy(TrailRow::correlation));
    }

    /**
     * Each contradiction in a sentence.
     *
     * @param since before that nobody wrote down what he did
     */
    List<String> contradictions(Instant since) {
        List<String> found = new ArrayList<>();
        deeds.forEach(deed -> found.addAll(of(deed)));
        usedTwice().forEach(use -> found.add("More than one success by " + use + "."));
        found.addAll(unasked(since));
        return found;
    }

    /** Deeds that have had their effect, as the trail says. */
    List<Deed> effective() {
        return deeds.stream().filter(deed -> successes(deed) > 0).toList();
    }

    private List<TrailRow> rows(Deed deed) {
        return rows.getOrDefault(deed.correlation(), List.of());
    }

    /** How often it succeeded, by the first of its rows. */
    private long successes(Deed deed) {
        return deed.kind().rows().stream()
                .limit(1)
                .flatMap(type -> rows(deed).stream().filter(row -> row.is(type)))
                .count();
    }

    private List<String> of(Deed deed) {
        List<TrailRow> said = rows(deed);
        Set<String> present = said.stream()
                .filter(TrailRow::succeeded)
                .map(TrailRow::type)
                .filter(deed.kind().rows()::contains)
                .collect(Collectors.toCollection(TreeSet::new));
        boolean whole = present.size() == deed.kind().rows().size();
        List<String> found = new ArrayList<>();
        if (deed.done() && deed.kind().rows().isEmpty()) {
            found.add(deed + " succeeded, and never should.");
        } else if (deed.done() && !whole) {
            found.add(deed + " was answered as done, and the trail says " + said + ".");
        } else if (!present.isEmpty() && !whole) {
            found.add(deed + " is half on the trail: " + said + ".");
        }
        if (deed.refusedOnRecord() && said.isEmpty()) {
            found.add(deed + " was refused, and has no row.");
        }
        if (deed.kind().changes()) {
            found.addAll(changed(deed, said));
        }
        return found;
    }

    private List<String> changed(Deed deed, List<TrailRow> said) {
        List<String> found = new ArrayList<>();
        if (deed.answer() == Seen.Answer.REFUSED && said.stream().anyMatch(TrailRow::succeeded)) {
            found.add(deed + " was refused, and the trail says that it succeeded: " + said + ".");
        }
        if (deed.kind().rows().isEmpty() && said.stream().anyMatch(TrailRow::succeeded)) {
            found.add(deed + " can't succeed, and the trail says " + said + ".");
        }
        if (successes(deed) > 1) {
            found.add(deed + " succeeded more than once: " + said + ".");
        }
        return found;
    }

    private Set<String> usedTwice() {
        Map<String, Long> uses = new LinkedHashMap<>();
        deeds.forEach(deed -> deed.uses().forEach(use -> uses.merge(use, successes(deed), Long::sum)));
        return uses.entrySet().stream()
                .filter(use -> use.getValue() > 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<String> unasked(Instant since) {
        Set<String> sent = deeds.stream().map(Deed::correlation).collect(Collectors.toSet());
        Set<String> types = Stream.of(DeedKind.values())
                .filter(DeedKind::changes)
                .flatMap(kind -> kind.rows().stream())
                .collect(Collectors.toSet());
        return trail.stream()
                .filter(row -> row.succeeded() && types.contains(row.type()))
                .filter(row -> row.time().isAfter(since) && !sent.contains(row.correlation()))
                .map(row -> row + " is on the trail, and nobody asked for it.")
                .toList();
    }
}
