package io.sallyport.themes;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the module ships, read from where the build puts it. */
final class Bundles {

    private static final Path RESOURCES = Path.of("target/classes/theme-resources");
    private static final Pattern BUNDLE = Pattern.compile("messages_(\\w+)\\.properties");

    private Bundles() {}

    /** Language to its texts. */
    static Map<String, Map<String, String>> all() {
        return files("messages").collect(Collectors.toMap(Bundles::language, Bundles::texts));
    }

    /** Path below the templates to its text. */
    static Map<String, String> templates() {
        Path root = RESOURCES.resolve("templates");
        return files("templates")
                .collect(Collectors.toMap(file -> root.relativize(file).toString(), Bundles::read));
    }

    static Stream<Path> files(String directory) {
        try (Stream<Path> files = Files.walk(RESOURCES.resolve(directory))) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException broken) {
            throw new IllegalStateException(directory + " is not in " + RESOURCES.toAbsolutePath(), broken);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException broken) {
            throw new IllegalStateException(file + " is not readable as UTF-8", broken);
        }
    }

    private static String language(Path file) {
        var name = BUNDLE.matcher(file.getFileName().toString());
        if (!name.matches()) {
            throw new IllegalStateException("file = " + file + ", want messages_<language>.properties");
        }
        return name.group(1);
    }

    private static Map<String, String> texts(Path file) {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException broken) {
            throw new IllegalStateException(file + " is not readable as UTF-8", broken);
        }
        var texts = new TreeMap<String, String>();
        properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
        return texts;
    }
}
