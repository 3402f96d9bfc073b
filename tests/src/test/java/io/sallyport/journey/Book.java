package io.sallyport.journey;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What all clients saw in the storm, written down by them; nothing is judged here. */
final class Book {

    private final List<Deed> deeds = new ArrayList<>();
    private final List<List<TrailRow>> readings = new ArrayList<>();
    private final List<Path> exports = new ArrayList<>();

    synchronized void note(Deed deed) {
        deeds.add(deed);
    }

    /** The rows that one reader saw, page after page. */
    synchronized void read(List<TrailRow> rows) {
        readings.add(List.copyOf(rows));
    }

    /** A file of the trail that came to its end. */
    synchronized void exported(Path file) {
        exports.add(file);
    }

    synchronized List<Deed> deeds() {
        return List.copyOf(deeds);
    }

    synchronized List<List<TrailRow>> readings() {
        return List.copyOf(readings);
    }

    synchronized List<Path> exports() {
        return List.copyOf(exports);
    }

    /** What clients saw done at least once. */
    Set<DeedKind> done() {
        return deeds().stream().filter(Deed::done).map(Deed::kind).collect(toSet());
    }

    /** How often each was done, refused, or left in the dark. */
    String summary() {
        Map<DeedKind, Map<Seen.Answer, Long>> counts = deeds().stream()
                .collect(groupingBy(Deed::kind, TreeMap::new, groupingBy(Deed::answer, TreeMap::new, counting())));
        return counts.entrySet().stream()
                        .map(kind -> "  " + kind.getKey() + " " + kind.getValue())
                        .collect(joining("\n", deeds().size() + " deeds\n", "\n"))
                + "  " + readings().size() + " readings, " + exports().size() + " exports to their end";
    }
}
