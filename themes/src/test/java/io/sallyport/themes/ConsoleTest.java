package io.sallyport.themes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The screens inside Keycloak's admin console, as far as they can be held without a browser. */
class ConsoleTest {

    private static final Path THEME = Path.of("target/classes/theme/mfa/admin");
    /** Calls with a plain key; keys that are put together are held by the journeys. */
    private static final Pattern KEY = Pattern.compile("\\bt\\('([a-zA-Z_.]+)'");

    private static final Pattern NAME = Pattern.compile("\\{\\w+}");

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

    @Test
    void theScreensAreSmall() {
        assertThat(scripts.values().stream().mapToInt(String::length).sum()).isLessThan(MOST_BYTES);
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
