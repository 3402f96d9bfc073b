package io.sallyport.verifier;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Which realm a line says that it is about, whoever wrote it: of others nothing has to be known to pass them over. */
final class Owner {

    private Owner() {}

    /** The realm of an export or a packet, as the first line of the trail says; empty if nothing that can be understood. */
    static Optional<String> of(Path file) throws IOException {
        if (!Packet.is(file)) {
            try (InputStream trail = Files.newInputStream(file)) {
                return of(trail);
            }
        }
        try (Packet packet = Packet.open(file);
                InputStream trail = packet.trail()) {
            return of(trail);
        } catch (Unreadable unknown) {
            return Optional.empty(); // told when its turn comes
        }
    }

    private static Optional<String> of(InputStream trail) throws IOException {
        try {
            return new Blocks(trail)
                    .next()
                    .flatMap(block -> block.lines().stream().findFirst())
                    .flatMap(line -> of(Json.object(line.text())));
        } catch (Unreadable unknown) {
            return Optional.empty();
        }
    }

    /**
     * The realm of a row, a cut or a checkpoint.
     *
     * @throws Unreadable if nothing is signed where something should be
     */
    static Optional<String> of(Map<String, Object> line) {
        Object said = line.get("row") instanceof Json.Members row
                ? row.byName().get("realm_id")
                : Keys.said(line.get(line.containsKey("cut") ? "cut" : "checkpoint"))
                        .get("realm_id");
        return said instanceof String realmId ? Optional.of(realmId) : Optional.empty();
    }
}
