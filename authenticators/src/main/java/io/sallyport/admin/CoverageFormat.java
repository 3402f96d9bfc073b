package io.sallyport.admin;

import io.sallyport.event.Csv;
import io.sallyport.json.InvalidRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** In which form coverage is answered: as {@code format} says, else as the client accepts it, else as JSON. */
enum CoverageFormat {
    JSON(MediaType.APPLICATION_JSON),
    CSV(CoverageFormat.CSV_TYPE),
    NDJSON(JsonLines.TYPE);

    static final String CSV_TYPE = "text/csv";

    private final String type;

    CoverageFormat(String type) {
        this.type = type;
    }

    /** What it is asked for by. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The media type of the answer. */
    String type() {
        return this == CSV ? Csv.TYPE : type;
    }

    static CoverageFormat of(@Nullable String format, HttpHeaders headers) {
        if (format == null) {
            return headers.getAcceptableMediaTypes().stream()
                    .flatMap(accepted -> accepted(accepted).stream())
                    .findFirst()
                    .orElse(JSON);
        }
        return Stream.of(values())
                .filter(known -> known.text().equals(format))
                .findFirst()
                .orElseThrow(() -> new InvalidRequest(List.of("format: want json, csv or ndjson")));
    }

    private static Optional<CoverageFormat> accepted(MediaType accepted) {
        return Stream.of(values())
                .filter(known -> known.type.equals(accepted.getType() + "/" + accepted.getSubtype()))
                .findFirst();
    }
}
