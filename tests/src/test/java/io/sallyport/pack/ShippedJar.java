package io.sallyport.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/** A jar that the build has just made, read once: the very file that an administrator copies into providers/. */
record ShippedJar(List<Entry> entries) {

    private static final String SERVICES = "META-INF/services/";

    record Entry(String name, long time, ByteBuffer content) {

        boolean isClass() {
            return name.endsWith(".class");
        }

        boolean isServiceFile() {
            return name.startsWith(SERVICES);
        }

        /** JVMS §4.1: magic (4 bytes), minor version (2), major version (2). */
        int majorVersion() {
            return content.getShort(6);
        }

        @Override
        public String toString() {
            return name;
        }

        /** The providers that a file in META-INF/services names, one a line, `#` opens a comment. */
        List<String> providers() {
            return UTF_8.decode(content.duplicate())
                    .toString()
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").trim())
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }

    static Path path() {
        String path = System.getProperty("sallyport.jar");
        if (path == null) {
            throw new IllegalStateException("system property sallyport.jar is missing: run this through ./mvnw verify");
        }
        return Path.of(path);
    }

    static URL url() {
        try {
            return URI.create("jar:" + path().toUri() + "!/").toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("not the path of a jar: " + path(), e);
        }
    }

    static ShippedJar open() {
        return open(path());
    }

    static ShippedJar open(Path path) {
        try (JarFile jar = new JarFile(path.toFile())) {
            return new ShippedJar(jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(entry -> read(jar, entry))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    Set<String> names() {
        return entries.stream().map(Entry::name).collect(Collectors.toUnmodifiableSet());
    }

    List<Entry> classes() {
        return entries.stream().filter(Entry::isClass).toList();
    }

    List<Entry> serviceFiles() {
        return entries.stream().filter(Entry::isServiceFile).toList();
    }

    private static Entry read(JarFile jar, JarEntry entry) {
        try (var in = jar.getInputStream(entry)) {
            return new Entry(entry.getName(), entry.getTime(), ByteBuffer.wrap(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + entry.getName(), e);
        }
    }
}
