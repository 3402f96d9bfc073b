package io.sallyport.journey;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds what readers saw against the trail: a page shows no row that is not there, none that is otherwise, and none twice. */
final class ReadingJudge {

    private final Map<String, TrailRow> trail;

    ReadingJudge(List<TrailRow> trail) {
        this.trail = trail.stream().collect(toMap(TrailRow::id, TrailRow::withoutDetails));
    }

    /** Each contradiction in a sentence. */
    List<String> contradictions(List<List<TrailRow>> readings) {
        List<String> found = new ArrayList<>();
        for (List<TrailRow> reading : readings) {
            Set<String> seen = new HashSet<>();
            for (TrailRow row : reading) {
                if (!seen.add(row.id())) {
                    found.add("A reader saw " + row + " twice.");
                }
                if (!row.withoutDetails().equals(trail.get(row.id()))) {
                    found.add("A reader saw " + row + ", and the trail has "
                            + (trail.containsKey(row.id()) ? "another one." : "none."));
                }
            }
        }
        return found;
    }
}
