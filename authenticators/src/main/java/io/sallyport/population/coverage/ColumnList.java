package io.sallyport.population.coverage;

import jakarta.persistence.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The columns of one statement, and what they make of a row. */
record ColumnList(List<Column> columns) {

    ColumnList {
        columns = List.copyOf(columns);
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
}
