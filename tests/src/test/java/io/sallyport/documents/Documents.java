package io.sallyport.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All documents of the repository, and what is there for them to name.
 *
 * @param tests sources of test classes by their names
 * @param code all other sources
 */
record Documents(Path root, List<Page> pages, Map<String, String> tests, String code) {

    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".demo", "node_modules");
    static final Pattern CASE =
            Pattern.compile("\\b(?:TOTP|LOCK|SMS|REC|WA|POL|FLOW|TOK|SU|CLM|API|LIFE|AUD|ERR)-\\d+\\b|\\bR-\\d{2}\\b");
    private static final Pattern DISPLAY_NAME =
            Pattern.compile("@DisplayName\\(\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"[\\s+]*)+)\\)");

    /** One document. */
    record Page(Path file, String text) {

        @Override
        public String toString() {
            return file.toString();
        }

        /** What a pattern finds. */
        List<MatchResult> find(Pattern pattern) {
            return pattern.matcher(text).results().toList();
        }

        /** Its headings as links name them. */
        List<String> anchors() {
            return find(Pattern.compile("(?m)^#+ (.*)$")).stream()
                    .map(heading -> heading.group(1)
                            .strip()
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
                            .replace(' ', '-'))
                    .toList();
        }
    }

    static Documents read() {
        Path root = Path.of(System.getProperty("project.root", ".."))
                .toAbsolutePath()
                .normalize();
        List<Path> files = files(root);
        return new Documents(
                root,
                files.stream()
                        .filter(file -> file.toString().endsWith(".md"))
                        .map(file -> new Page(root.relativize(file), text(file)))
                        .toList(),
                files.stream()
                        .filter(file -> file.toString().contains("/src/test/java/"))
                        .filter(file -> file.toString().endsWith(".java"))
                        .collect(Collectors.toMap(
                                file -> file.getFileName().toString().replace(".java", ""),
                                Documents::text,
                                (a, b) -> a)),
                files.stream()
                        .filter(file -> file.toString().contains("/src/main/java/"))
                        .map(Documents::text)
                        .collect(Collectors.joining()));
    }

    Page page(String file) {
        return pages.stream()
                .filter(page -> page.file().equals(Path.of(file)))
                .findFirst()
                .orElseThrow();
    }

    boolean exists(Path file) {
        return Files.exists(root.resolve(file));
    }

    /** The ids of security cases that tests say they are about. */
    Set<String> cases() {
        return tests.values().stream()
                .flatMap(source -> DISPLAY_NAME.matcher(source).results())
                .flatMap(name -> CASE.matcher(name.group(1)).results())
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    private static List<Path> files(Path root) {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return NOT_OURS.contains(directory.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    files.add(file);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** The rows of all tables of a page, as their cells. */
    static Stream<List<String>> rows(Page page) {
        return page.text()
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| -"))
                .map(String::strip)
                .map(line -> Stream.of(line.substring(1, line.length() - 1).split("(?<!\\\\)\\|", -1))
                        .map(String::strip)
                        .toList());
    }
}
