package io.sallyport.admin;

import io.sallyport.population.coverage.Coverage;
import io.sallyport.population.coverage.Dimension;
import io.sallyport.population.coverage.Headcount;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The numbers about coverage, of everybody or of parts of them, as JSON, as a table and as lines. */
final class NumbersView {

    private final Optional<Dimension> dimension;
    private final List<Map<String, Object>> parts;

    /** Counts. */
    NumbersView(Coverage coverage, Optional<Dimension> dimension) {
        this.dimension = dimension;
        this.parts = dimension
                .map(by -> parts(by, coverage))
                .orElseGet(() -> List.of(coverage.totals().asMap()));
    }

    Map<String, Object> json(Instant at, boolean enforced) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("at", at.toString());
        answer.put("enforced", enforced);
        if (dimension.isPresent()) {
            answer.put("by", dimension.get().text());
            answer.put("parts", parts);
        } else {
            answer.putAll(parts.get(0));
        }
        return answer;
    }

    StreamingOutput table() {
        return to -> {
            CsvLines csv = new CsvLines(to);
            csv.write(headings());
            parts.forEach(part ->
                    csv.write(part.values().stream().map(String::valueOf).toList()));
        };
    }

    StreamingOutput lines() {
        return to -> parts.forEach(new JsonLines(to)::write);
    }

    private static List<Map<String, Object>> parts(Dimension dimension, Coverage coverage) {
        List<Map<String, Object>> parts = new ArrayList<>();
        coverage.by(dimension).forEach((part, tally) -> {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put(dimension.text(), part.name());
            part.id().ifPresent(id -> map.put("id", id));
            map.putAll(tally.asMap());
            parts.add(map);
        });
        return parts;
    }

    private List<String> headings() {
        List<String> headings = new ArrayList<>();
        dimension.ifPresent(by -> {
            headings.add(by.text());
            if (by.hasIds()) {
                headings.add("id");
            }
        });
        headings.addAll(new Headcount().asMap().keySet());
        return headings;
    }
}
