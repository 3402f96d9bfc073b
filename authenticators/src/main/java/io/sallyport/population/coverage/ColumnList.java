package io.sallyport.population.coverage;

import io.sallyport.population.Structure.Named;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The columns of one statement, and what they make of a row. */
record ColumnList(List<Column> columns) {

    ColumnList {
        columns = List.copyOf(columns);
    }

    /** What is gathered of few users: all that their own rules may ask for, or else what the known ones do. */
    static ColumnList alone(State state, KnownRules rules) {
        List<Column> columns = new ArrayList<>(List.of(Columns.lockedUntil()));
        if (!state.isWithoutFactor()) {
            columns.add(Columns.methods());
        }
        if (rules.own() || !rules.named().equals(Named.NONE)) {
            columns.add(Columns.groups(Columns.ALL));
        }
        if (rules.own() || !rules.named().roles().isEmpty()) {
            columns.add(Columns.roles(Columns.ALL));
        }
        if (rules.own() || !rules.graces().isEmpty()) {
            columns.add(Columns.graces());
        }
        return new ColumnList(columns);
    }

    /** Each in its own words. */
    String each(Function<Column, String> words) {
        return columns.stream().map(words).collect(Collectors.joining(", "));
    }

    /** For very many users. */
    String joins() {
        return columns.stream().map(Column::join).collect(Collectors.joining());
    }

    /** What a row says of whoever it is about; a column that the statement has not is empty. */
    Signature signature(Tuple row) {
        Map<String, Object> values = new HashMap<>();
        columns.forEach(column ->
                Optional.ofNullable(row.get(column.name())).ifPresent(value -> values.put(column.name(), value)));
        return Signature.of(values.get("g"), values.get("r"), values.get("m"), values.get("w"));
    }

    /** Whom a statement with these columns is about. */
    Stream<Line> lines(TypedQuery<Tuple> query) {
        return query.getResultStream()
                .map(row -> new Line(
                        row.get("id", String.class),
                        row.get("username", String.class),
                        signature(row),
                        Optional.ofNullable((Long) row.get("l")).map(Instant::ofEpochMilli)));
    }
}
