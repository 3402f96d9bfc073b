package io.sallyport.verifier;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The lines of a file, some at a time: understood on all processors, taken in their order on one. */
final class Lines {

    private static final int SOME = 250;

    private Lines() {}

    /** What a line is about, for whoever reads the trail. */
    interface Step {

        Optional<Finding> take(TrailCheck check);
    }

    /**
     * Takes one line after the other, up to the first that something is wrong with.
     *
     * @throws Unreadable if a line before that can't be understood
     */
    static Optional<Finding> read(Path file, TrailCheck check, Function<String, Step> understand) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            long number = 0;
            for (List<String> some = next(reader); !some.isEmpty(); some = next(reader)) {
                List<Step> steps = some.parallelStream()
                        .map(line -> understood(line, understand))
                        .toList();
                for (Step step : steps) {
                    number++;
                    Optional<Finding> finding = take(step, check, file, number);
                    if (finding.isPresent()) {
                        return finding;
                    }
                }
            }
            return Optional.empty();
        }
    }

    private static Optional<Finding> take(Step step, TrailCheck check, Path file, long number) {
        try {
            return step.take(check);
        } catch (Unreadable unreadable) {
            throw new Unreadable(file + ", line " + number + ": " + unreadable.getMessage());
        }
    }

    private static Step understood(String line, Function<String, Step> understand) {
        try {
            return understand.apply(line);
        } catch (Unreadable unreadable) {
            return check -> {
                throw unreadable;
            };
        }
    }

    private static List<String> next(BufferedReader reader) throws IOException {
        List<String> some = new ArrayList<>(SOME);
        while (some.size() < SOME) {
            String line = reader.readLine();
            if (line == null) {
                break;
            }
            some.add(line);
        }
        return some;
    }
}
