package io.sallyport.audit.sealing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Where checkpoints leave the database: the log, and a directory that should be on another volume. */
final class Outlet {

    /** A category of its own, so that a log collector can tell checkpoints from other lines. */
    private static final Logger CHECKPOINTS = Logger.getLogger("io.sallyport.audit.checkpoint");

    private static final Logger LOG = Logger.getLogger(Outlet.class);

    private final Optional<Path> directory;

    /**
     * @throws IllegalStateException if there is to be a directory that can't be written
     */
    Outlet(Optional<Path> directory) {
        this.directory = directory;
        if (directory
                .filter(path -> !Files.isDirectory(path) || !Files.isWritable(path))
                .isPresent()) {
            throw new IllegalStateException(
                    "checkpoint-directory = " + directory.get() + ", want a directory to write to");
        }
    }

    /** One line, in the realm's own file; the one that comes next stands for whichever could not be written. */
    void letOut(String realmId, String jws) {
        String line = "{\"checkpoint\":\"" + jws + "\"}";
        CHECKPOINTS.info(line);
        if (directory.isEmpty()) {
            return;
        }
        try {
            Files.writeString(
                    directory.get().resolve(FileName.of(realmId) + ".ndjson"),
                    line + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND,
                    StandardOpenOption.SYNC);
        } catch (IOException unwritable) {
            LOG.errorf("The last checkpoint is only in the database and in this log: %s", unwritable);
        }
    }
}
