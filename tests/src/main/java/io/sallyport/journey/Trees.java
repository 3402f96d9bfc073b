package io.sallyport.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Whole directories: copied and deleted. */
public final class Trees {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Trees() {}

    /** Copies a file or directory; files that may be shared become hard links where the file system has them. */
    static void copy(Path from, Path to, Predicate<Path> shared) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path source : all.toList()) {
                Path target = to.resolve(from.relativize(source).toString());
                if (Files.isDirectory(source)) {
                    Files.createDirectories(target);
                } else if (shared.test(source)) {
                    link(source, target);
                } else {
                    Files.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    private static void link(Path source, Path target) throws IOException {
        try {
            Files.createLink(target, source);
        } catch (UnsupportedOperationException | FileSystemException otherFileSystem) {
            Files.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** Deletes a file or directory with all that is in it, if it is there. A process that ends there may write its last. */
    public static void delete(Path root) {
        Instant end = Instant.now().plus(PATIENCE);
        while (Files.exists(root)) {
            try {
                deleteOnce(root);
            } catch (IOException e) {
                if (Instant.now().isAfter(end)) {
                    throw new UncheckedIOException("cannot delete " + root, e);
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private static void deleteOnce(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (UncheckedIOException vanished) {
            throw vanished.getCause();
        }
    }
}
