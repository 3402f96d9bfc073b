package io.sallyport.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The production classes that the architecture rules are about, and how a package of ours is written down. */
final class House {

    static final String ROOT = "io.sallyport";

    private static final List<String> MODULES =
            List.of("policy-spi", "event-listener", "sink-kafka", "verifier", "authenticators");

    static final JavaClasses CLASSES = new ClassFileImporter().importPaths(classDirectories());

    private House() {}

    /** "factor.totp" and "factor.." become "io.sallyport.factor.totp" and "io.sallyport.factor..". */
    static String[] ours(Stream<String> packages) {
        return packages.map(name -> ROOT + "." + name).toArray(String[]::new);
    }

    static String[] ours(String... packages) {
        return ours(Stream.of(packages));
    }

    private static List<Path> classDirectories() {
        Path root = Path.of(System.getProperty("project.root", ".."));
        return MODULES.stream()
                .map(module -> root.resolve(module).resolve("target/classes"))
                .toList();
    }
}
