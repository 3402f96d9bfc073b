package io.sallyport.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * The command line.
 *
 * @param port the port somebody asked for
 * @param check prove instead of run
 */
record Options(OptionalInt port, boolean check, boolean help) {

    /** The same text that the script prints. */
    static String usage() {
        try (InputStream text = Options.class.getResourceAsStream("usage.txt")) {
            return new String(Objects.requireNonNull(text).readAllBytes(), UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("usage.txt", e);
        }
    }

    /** Throws IllegalArgumentException with one sentence about what it does not understand. */
    static Options parse(List<String> arguments) {
        OptionalInt port = OptionalInt.empty();
        boolean check = false;
        boolean help = false;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            switch (argument) {
                case "--port" -> port = OptionalInt.of(port(rest.hasNext() ? rest.next() : ""));
                case "--check" -> check = true;
                case "--help", "-h" -> help = true;
                default -> throw new IllegalArgumentException("There is no option " + argument + ".");
            }
        }
        return new Options(port, check, help);
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65_535) {
            throw new IllegalArgumentException("--port wants a number from 1 to 65535, not \"" + text + "\".");
        }
        return Integer.parseInt(text);
    }
}
