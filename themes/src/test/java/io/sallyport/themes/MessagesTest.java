package io.sallyport.themes;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MessagesTest {

    private static final Pattern PARAMETER = Pattern.compile("\\{(\\d+)}");

    private final Map<String, Map<String, String>> bundles = Bundles.all();
    private final Map<String, String> english = bundles.get("en");

    @Test
    void fourLanguagesAreSpoken() {
        assertThat(bundles).containsOnlyKeys("en", "de", "fr", "es");
    }

    @Test
    void everyLanguageSaysEverything() {
        assertThat(bundles)
                .allSatisfy((language, texts) ->
                        assertThat(texts.keySet()).as(language).isEqualTo(english.keySet()));
    }

    @Test
    void noTextIsEmpty() {
        assertThat(bundles)
                .allSatisfy((language, texts) -> assertThat(texts)
                        .as(language)
                        .allSatisfy((key, text) -> assertThat(text).as(key).isNotBlank()));
    }

    @Test
    void everyKeyIsOurs() {
        // the account console makes keys of types of credentials
        assertThat(english.keySet()).allSatisfy(key -> assertThat(key).matches("mfa[A-Z][A-Za-z]+|mfa-[a-z-]+"));
    }

    @Test
    void aTextTakesTheSameParametersInEveryLanguage() {
        assertThat(bundles)
                .allSatisfy((language, texts) -> assertThat(texts)
                        .as(language)
                        .allSatisfy((key, text) ->
                                assertThat(parameters(text)).as(key).isEqualTo(parameters(english.get(key)))));
    }

    /** ' is a quote to MessageFormat and a plain character to the consoles: the typographic one is right for both. */
    @Test
    void noTextHasAnAsciiApostrophe() {
        assertThat(bundles)
                .allSatisfy((language, texts) -> assertThat(texts)
                        .as(language)
                        .allSatisfy((key, text) -> assertThat(text).as(key).doesNotContain("'")));
    }

    @Test
    void messageFormatLeavesNothingOutAndNothingOpen() {
        assertThat(bundles)
                .allSatisfy((language, texts) -> assertThat(texts)
                        .as(language)
                        .allSatisfy(
                                (key, text) -> assertThat(new MessageFormat(text, Locale.ROOT).format(new Object[] {6}))
                                        .as(key)
                                        .isEqualTo(text.replace("{0}", "6"))));
    }

    private static Set<String> parameters(String text) {
        var found = new TreeSet<String>();
        PARAMETER.matcher(text).results().forEach(match -> found.add(match.group(1)));
        return found;
    }
}
