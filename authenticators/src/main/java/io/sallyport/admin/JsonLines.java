package io.sallyport.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** One JSON object a line, sent at once: a client that went away is noticed with the next line. */
final class JsonLines {

    static final String TYPE = "application/x-ndjson";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OutputStream output;

    JsonLines(OutputStream output) {
        this.output = output;
    }

    void write(Object line) {
        try {
            output.write((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    void flush() {
        try {
            output.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
