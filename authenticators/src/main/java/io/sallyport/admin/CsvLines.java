package io.sallyport.admin;

import io.sallyport.event.Csv;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One row of a table a line, sent at once: a client that went away is noticed with the next line. */
final class CsvLines {

    private final OutputStream output;

    CsvLines(OutputStream output) {
        this.output = output;
    }

    void write(List<String> cells) {
        try {
            output.write(Csv.line(cells).getBytes(StandardCharsets.UTF_8));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
