package io.sallyport.factor;

import io.sallyport.factor.webauthn.AttestationTrust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.keycloak.Config;

/**
 * The makers of authenticators whose attestations the server believes, below {@code spi-credential--keycloak-webauthn--}:
 * {@code roots-file} names their root certificates in PEM form, {@code metadata-file} FIDO's metadata, signed by the
 * certificates of {@code metadata-roots-file}. Not the truststore of the server: whom one trusts with a web page is
 * another question.
 */
final class ConfiguredTrust {

    /** By the files and their times: FIDO's metadata has megabytes, and is replaced every month. */
    private static final Map<List<Object>, AttestationTrust> READ = new ConcurrentHashMap<>();

    private ConfiguredTrust() {}

    /** Those of both sources; nobody if none is configured. A file that can't be used refuses whatever needs it. */
    static AttestationTrust get() {
        return from(Config.scope("credential", "keycloak-webauthn"));
    }

    static AttestationTrust from(Config.Scope scope) {
        Optional<AttestationTrust> roots =
                path(scope, "roots-file").map(file -> read(List.of(file), () -> AttestationTrust.of(bytes(file))));
        Optional<AttestationTrust> metadata = path(scope, "metadata-file")
                .flatMap(file -> path(scope, "metadata-roots-file")
                        .map(by -> read(List.of(file, by), () -> AttestationTrust.metadata(bytes(file), bytes(by)))));
        return Stream.of(roots, metadata)
                .flatMap(Optional::stream)
                .reduce(AttestationTrust::and)
                .orElseGet(AttestationTrust::nobody);
    }

    private static Optional<Path> path(Config.Scope scope, String name) {
        return Optional.ofNullable(scope.get(name))
                .filter(text -> !text.isBlank())
                .map(Path::of);
    }

    private static AttestationTrust read(List<Path> files, Supplier<AttestationTrust> reader) {
        List<Object> state = Stream.concat(
                        files.stream().map(Object.class::cast), files.stream().map(ConfiguredTrust::modified))
                .toList();
        if (!READ.containsKey(state)) {
            AttestationTrust trust = reader.get();
            READ.keySet().removeIf(old -> old.get(0).equals(state.get(0)));
            READ.put(state, trust);
        }
        return Optional.ofNullable(READ.get(state)).orElseGet(reader);
    }

    private static Object modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the roots of authenticators can't be read", unreadable);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the roots of authenticators can't be read", unreadable);
        }
    }
}
