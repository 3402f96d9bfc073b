package io.sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of contents of what Keycloak calls is true. */
final class ServicesTest {

    private static final Path SERVICES = Path.of("src/main/resources/META-INF/services");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(SERVICES)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyProviderThatIsNamedIsWhatTheFileSays(Path file) throws Exception {
        Class<?> service = find(file.getFileName().toString());

        List<String> providers = Files.readAllLines(file);

        assertThat(providers).isNotEmpty().doesNotHaveDuplicates();
        for (String provider : providers) {
            assertThat(service).as(provider).isAssignableFrom(find(provider));
        }
    }

    private static Class<?> find(String name) throws ClassNotFoundException {
        return Class.forName(name, false, ServicesTest.class.getClassLoader());
    }
}
