package io.sallyport.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the build has made.
 *
 * @param root the project's directory
 * @param jar the one provider JAR
 * @param distribution the unpacked Keycloak
 */
public record Installation(Path root, Path jar, Path distribution) {

    /** Found by what the build tells its tests, or else below {@code project.root}. */
    public static Installation find() {
        Path root = Path.of(System.getProperty("project.root", "."));
        return new Installation(
                root,
                given("sallyport.jar", root.resolve("docker/target"), "sallyport-[0-9]*.jar"),
                given("keycloak.dist", root.resolve("tests/target/keycloak-dist"), "keycloak-[0-9]*"));
    }

    private static Path given(String property, Path directory, String glob) {
        String value = System.getProperty(property);
        return value == null ? only(directory, glob) : Path.of(value);
    }

    private static Path only(Path directory, String glob) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, glob)) {
            for (Path path : found) {
                return path;
            }
            throw new IllegalStateException(directory + " holds no " + glob);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + directory, e);
        }
    }
}
