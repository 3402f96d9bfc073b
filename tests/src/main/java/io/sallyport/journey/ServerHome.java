package io.sallyport.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Keycloak home of our own, made from the unpacked distribution: its libraries are shared by hard links, all that a
 * server writes is a copy.
 */
public final class ServerHome {

    // Read only, and almost all of the distribution's size.
    private static final String LIBRARIES = "lib/lib";
    private static final List<String> RENEWED = List.of("bin", "lib", "conf", "providers", "themes", "version.txt");

    private final Path directory;

    private ServerHome(Path directory) {
        this.directory = directory;
    }

    /** The home in this directory, made or renewed for this distribution and JAR; its data stays. */
    public static ServerHome at(Path directory, Path distribution, Path jar) {
        ServerHome home = stock(directory, distribution);
        try {
            home.install(jar);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot install " + jar, e);
        }
        return home;
    }

    /** The same without anything of ours. */
    public static ServerHome stock(Path directory, Path distribution) {
        ServerHome home = new ServerHome(directory.toAbsolutePath());
        try {
            if (!home.isOf(distribution)) {
                home.renew(distribution);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a Keycloak home in " + directory, e);
        }
        return home;
    }

    Path directory() {
        return directory;
    }

    Path script() {
        return directory.resolve("bin/kc.sh");
    }

    /** Puts a realm where {@code --import-realm} finds it; a realm that exists already is left alone by Keycloak. */
    public void imports(Path realm) {
        try {
            Path target = Files.createDirectories(directory.resolve("data/import"));
            Files.copy(realm, target.resolve(realm.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot import " + realm, e);
        }
    }

    private boolean isOf(Path distribution) throws IOException {
        Path version = directory.resolve("version.txt");
        return Files.exists(version) && Files.mismatch(version, distribution.resolve("version.txt")) == -1;
    }

    /** version.txt comes last: a home that was interrupted half-made is made again. */
    private void renew(Path distribution) throws IOException {
        for (String part : RENEWED) {
            Trees.delete(directory.resolve(part));
        }
        for (String part : RENEWED) {
            Trees.copy(
                    distribution.resolve(part),
                    directory.resolve(part),
                    file -> distribution.relativize(file).startsWith(LIBRARIES));
        }
    }

    private void install(Path jar) throws IOException {
        Path target = directory.resolve("providers").resolve(jar.getFileName());
        if (Files.exists(target) && Files.mismatch(jar, target) == -1) {
            return;
        }
        try (Stream<Path> old = Files.list(target.getParent())) {
            for (Path provider :
                    old.filter(file -> file.toString().endsWith(".jar")).toList()) {
                Files.delete(provider);
            }
        }
        Files.copy(jar, target);
    }
}
