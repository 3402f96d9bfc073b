package io.sallyport.admin;

import io.sallyport.population.coverage.Coverage;
import io.sallyport.population.coverage.Dimension;
import io.sallyport.population.coverage.Headcount;
import java.io.ByteArrayOutputStream;
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

    /** In one piece, like {@link #lines}: its reader is not waited for. */
    byte[] table() {
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        CsvLines csv = new CsvLines(to);
        csv.write(headings());
        parts.forEach(
                part -> csv.write(part.values().stream().map(String::valueOf).toList()));
        return to.toByteArray();
    }

    byte[] lines() {
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        parts.forEach(new JsonLines(to)::write);
        return to.toByteArray();
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
