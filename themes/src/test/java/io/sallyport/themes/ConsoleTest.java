package io.sallyport.themes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The screens inside Keycloak's admin console, as far as they can be held without a browser. */
class ConsoleTest {

    private static final Path THEME = Path.of("target/classes/theme/mfa/admin");
    /** Calls with a plain key; keys that are put together are held by the journeys. */
    private static final Pattern KEY = Pattern.compile("\\bt\\('([a-zA-Z_.]+)'");

    private static final Pattern NAME = Pattern.compile("\\{\\w+}");

    /** What a script loads before it runs, and what it loads when it is wanted. */
    private static final Pattern IMPORT = Pattern.compile("(?:from|import) '\\./([a-z-]+\\.js)'");

    private static final Pattern LIST = Pattern.compile("\\[[^\\]]+]");

    private static final Pattern NAMED = Pattern.compile("'([a-z]+)'");

    private static final int MOST_BYTES = 60_000;

    private final Map<Path, String> scripts = Bundles.files("resources")
            .filter(file ->
                    file.toString().contains("/admin/") && file.toString().endsWith(".js"))
            .collect(Collectors.toMap(file -> file, Bundles::read));

    /** Browsers keep the files for 30 days; only a new path brings them a new version. */
    @Test
    void theThemeNamesFilesThatAreThereUnderTheVersionOfTheBuild() throws IOException {
        Properties theme = properties(THEME.resolve("theme.properties"));

        for (String name : Set.of("scripts.mfa", "styles.mfa")) {
            assertThat(theme.getProperty(name)).matches("mfa/\\d[^/]*/admin/.+");
            assertThat(Path.of("target/classes/theme-resources/resources", theme.getProperty(name)))
                    .exists();
        }
    }

    @Test
    void everyTextThatAScreenNamesIsThere() throws IOException {
        Properties english = properties(THEME.resolve("messages/messages_en.properties"));

        assertThat(scripts)
                .allSatisfy((file, script) -> assertThat(
                                KEY.matcher(script).results().map((MatchResult found) -> "mfa." + found.group(1)))
                        .as(file.toString())
                        .isSubsetOf(english.stringPropertyNames()));
    }

    @Test
    void everyLanguageSaysEverythingWithTheSameNamesFilledIn() throws IOException {
        Properties english = properties(THEME.resolve("messages/messages_en.properties"));

        for (String language : Set.of("de", "fr", "es")) {
            Properties texts = properties(THEME.resolve("messages/messages_" + language + ".properties"));
            assertThat(texts.stringPropertyNames()).as(language).isEqualTo(english.stringPropertyNames());
            assertThat(texts.stringPropertyNames())
                    .allSatisfy(key -> assertThat(names(texts.getProperty(key)))
                            .as(language + " " + key)
                            .isEqualTo(names(english.getProperty(key))));
        }
    }

    /** What the trail writes has a word in its rows, and each kind of row that it has can be sought. */
    @Test
    void everythingThatTheTrailWritesHasItsWord() throws IOException {
        Properties english = properties(THEME.resolve("messages/messages_en.properties"));
        Set<String> rows = strings("MfaEventType", "\\(\"(auth\\.mfa_\\w+)\",");
        Set<String> details = strings("Detail", "String \\w+ = \"(\\w+)\";");
        // what marks an event and its row, which no row shows; and what is told to sinks only
        details.removeAll(Set.of("mfa_event", "mfa_ack"));
        rows.remove("auth.mfa_audit_checkpoint");

        assertThat(english.stringPropertyNames())
                .containsAll(rows.stream().map(row -> "mfa.event." + row).toList())
                .containsAll(
                        details.stream().map(detail -> "mfa.column." + detail).toList());
        assertThat(script("audit.js"))
                .contains(rows.stream()
                        .map(row -> "'" + row.substring("auth.mfa_".length()) + "'")
                        .toList());
    }

    private static Set<String> strings(String type, String pattern) {
        Path source = Path.of("../policy-spi/src/main/java/io/sallyport/event", type + ".java");
        return Pattern.compile(pattern)
                .matcher(Bundles.read(source))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What comes from the server is never markup, and nothing is asked of another host. */
    @Test
    void noScriptMakesMarkupOfTextOrNamesAHost() {
        assertThat(scripts)
                .isNotEmpty()
                .allSatisfy((file, script) -> assertThat(
                                script.replace("http://www.w3.org/2000/svg", "").replace("there is no innerHTML", ""))
                        .as(file.toString())
                        .doesNotContain(
                                "innerHTML",
                                "outerHTML",
                                "insertAdjacentHTML",
                                "document.write",
                                "eval(",
                                "http:",
                                "https:"));
    }

    /** Comments, blank lines and indentation stay in the sources, and what only looks like a comment stays in the script. */
    @Test
    void browsersLoadWhatRunsAndNothingElse() {
        assertThat(scripts).allSatisfy((file, script) -> {
            Path source = Path.of("src/main/static/admin", String.valueOf(file.getFileName()));
            String left = Bundles.read(source)
                    .lines()
                    .filter(line -> !line.stripLeading().startsWith("/**"))
                    .filter(line -> !line.stripLeading().startsWith("* ") && !line.isBlank())
                    .filter(line -> !line.strip().equals("*/") && !line.strip().equals("*"))
                    .filter(line -> !line.stripLeading().startsWith("//"))
                    .map(String::stripLeading)
                    .collect(Collectors.joining("\n"));

            assertThat(script.lines().collect(Collectors.joining("\n")))
                    .as(file.toString())
                    .isEqualTo(left);
        });
    }

    /** A page of the console without a screen of ours loads an entry of the navigation, and no more. */
    @Test
    void whatEveryPageOfTheConsoleLoadsIsSmall() {
        assertThat(bytes(loaded("mfa-admin.js", new TreeSet<>()))).isLessThan(MOST_BYTES / 2);
    }

    /** Scripts that others load when they are there already would come one after the other, while somebody waits. */
    @Test
    void whatAScreenLoadsIsAskedForAtOnce() {
        String lists = script("mfa-admin.js").replaceAll("(?s).*(const PANEL = .*?)const LEVELS.*", "$1");
        Set<String> first = loaded("mfa-admin.js", new TreeSet<>());
        first.addAll(loaded("page.js", new TreeSet<>()));

        assertThat(LIST.matcher(lists).results().map(MatchResult::group))
                .hasSize(10)
                .allSatisfy(list -> {
                    Set<String> asked = NAMED.matcher(list)
                            .results()
                            .map(found -> found.group(1) + ".js")
                            .collect(Collectors.toCollection(TreeSet::new));
                    Set<String> loaded = new TreeSet<>();
                    asked.forEach(name -> loaded(name, loaded));
                    loaded.removeAll(asked);
                    assertThat(loaded).as(list).isSubsetOf(first);
                });
    }

    /** Keycloak compresses theme resources, so this is what comes over the wire for all screens together. */
    @Test
    void allScreensTogetherAreSmall() {
        assertThat(scripts.values().stream().mapToInt(ConsoleTest::compressed).sum())
                .isLessThan(MOST_BYTES);
    }

    private Set<String> loaded(String script, Set<String> seen) {
        if (seen.add(script)) {
            IMPORT.matcher(script(script)).results().forEach(found -> loaded(found.group(1), seen));
        }
        return seen;
    }

    private int bytes(Set<String> names) {
        return names.stream()
                .mapToInt(name -> script(name).getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    private String script(String name) {
        return scripts.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no script " + name));
    }

    private static int compressed(String script) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(script.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.size();
    }

    private static Set<String> names(String text) {
        return NAME.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private static Properties properties(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }
}
