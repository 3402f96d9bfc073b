package io.sallyport.verifier;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** The lines of a file, block by block: understood on all processors, taken in their order on one. */
final class Lines {

    /** How many blocks are read ahead of the one that is taken: enough to keep the processors busy. */
    private static final int AHEAD = 4;

    private final Check check;
    private final Function<Line, Step> understand;
    private final String file;
    private long number;

    private Lines(String file, Check check, Function<Line, Step> understand) {
        this.file = file;
        this.check = check;
        this.understand = understand;
    }

    /** What a line is about, for whoever reads the trail. */
    interface Step {

        Optional<Finding> take(Check check);
    }

    /**
     * Takes one line after the other, up to the first that something is wrong with.
     *
     * @throws Unreadable if a line before that can't be understood
     */
    static Optional<Finding> read(Path file, Check check, Function<Line, Step> understand) throws IOException {
        try (InputStream input = Files.newInputStream(file)) {
            return read(input, file.toString(), check, understand);
        }
    }

    /** The same, of a file that is opened already. */
    static Optional<Finding> read(InputStream input, String file, Check check, Function<Line, Step> understand)
            throws IOException {
        ExecutorService processors =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            return new Lines(file, check, understand).read(new Blocks(input), processors);
        } finally {
            processors.shutdownNow();
        }
    }

    private Optional<Finding> read(Blocks blocks, ExecutorService processors) throws IOException {
        Deque<CompletableFuture<List<Step>>> ahead = new ArrayDeque<>();
        Optional<Block> next = blocks.next();
        while (next.isPresent() || !ahead.isEmpty()) {
            while (next.isPresent() && ahead.size() < AHEAD) {
                Block block = next.get();
                ahead.add(CompletableFuture.supplyAsync(() -> understood(block), processors));
                next = blocks.next();
            }
            Optional<Finding> finding = take(ahead.remove().join());
            if (finding.isPresent()) {
                return finding;
            }
        }
        return Optional.empty();
    }

    private Optional<Finding> take(List<Step> steps) {
        for (Step step : steps) {
            number++;
            try {
                Optional<Finding> finding = step.take(check);
                if (finding.isPresent()) {
                    return finding;
                }
            } catch (Unreadable unreadable) {
                throw new Unreadable(file + ", line " + number + ": " + unreadable.getMessage());
            }
        }
        return Optional.empty();
    }

    private List<Step> understood(Block block) {
        List<Line> lines = block.lines();
        List<Step> steps = new ArrayList<>(lines.size());
        for (Line line : lines) {
            steps.add(understood(line));
        }
        return steps;
    }

    /** It is told when its turn comes: something may be wrong with a line before it. */
    private Step understood(Line line) {
        try {
            return understand.apply(line);
        } catch (Unreadable unreadable) {
            return check -> {
                throw unreadable;
            };
        }
    }
}
