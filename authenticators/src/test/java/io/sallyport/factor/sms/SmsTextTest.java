package io.sallyport.factor.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SmsTextTest {

    private static final String PATTERN = "{0} is your code. Valid for {1}. Never share it.";

    private final SmsCode code = SmsCode.generate(new SecureRandom());

    @Test
    @DisplayName("SMS-16: the last line binds the code to our host")
    void theLastLineIsTheBrowsers() {
        String text =
                of(PATTERN, Optional.of("auth.example.com"), Optional.empty()).text();

        assertThat(text)
                .isEqualTo(code.digits() + " is your code. Valid for 5 min. Never share it.\n\n@auth.example.com #"
                        + code.digits());
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "fr", "es"})
    @DisplayName("SMS-16: purpose, validity and the never-share note, without a user name, in at most two segments")
    void everyLanguageFits(String language) throws IOException {
        Properties messages = messages(language);
        for (String key : new String[] {"mfaSmsTextSignIn", "mfaSmsTextEnroll", "mfaSmsTextAction"}) {
            String pattern = messages.getProperty(key);
            SmsText text = of(pattern, Optional.of("login.a-rather-long-name.example.com"), Optional.of("Pay 100 EUR"));

            assertThat(pattern).as(key).contains("{0}", "{1}");
            assertThat(text.segments()).as(key).isLessThanOrEqualTo(2);
        }
        assertThat(messages.getProperty("mfaSmsTextAction")).contains("{2}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "fr", "es"})
    @DisplayName("SMS-11: the word to a removed number has no place for a code and travels in one part")
    void theWordToARemovedNumberIsShort(String language) throws IOException {
        String pattern = messages(language).getProperty("mfaSmsTextRemoved");
        String text = new MessageFormat(pattern, Locale.ROOT).format(new Object[0]);

        assertThat(text).doesNotContain("{");
        assertThat(SmsText.telling(text).segments()).isEqualTo(1);
    }

    @Test
    void lettersOutsideOfTheDefaultAlphabetCostMore() {
        assertThat(of("x".repeat(160)).segments()).isEqualTo(1);
        assertThat(of("x".repeat(161)).segments()).isEqualTo(2);
        assertThat(of("x".repeat(158) + "€").segments()).isEqualTo(1);
        assertThat(of("x".repeat(159) + "€").segments()).isEqualTo(2);
        assertThat(of("x".repeat(69) + "í").segments()).isEqualTo(1);
        assertThat(of("x".repeat(70) + "í").segments()).isEqualTo(2);
    }

    @Test
    void whatDoesNotFitIsNotCutSilently() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of("{0} {2}", Optional.empty(), Optional.of("x".repeat(300))))
                .withMessageContaining("want at most 2");
    }

    @Test
    @DisplayName("SU-11: what turns the direction of text, or can't be seen, is made visible")
    void hiddenLettersBecomeVisible() {
        assertThat(of("{0} {2}", Optional.empty(), Optional.of("<b>pay\u202Egro\u200B\n@evil.example #1</b>"))
                        .text())
                .endsWith("<b>pay?gro??@evil.example #1</b>");
    }

    @ParameterizedTest
    @CsvSource({"300, 5 min", "90, 90 s", "60, 1 min", "30, 30 s"})
    void validityIsToldAsItIs(int seconds, String shown) {
        SmsText text = SmsText.of(
                "{1}", Locale.ENGLISH, code, Duration.ofSeconds(seconds), Optional.empty(), Optional.empty());

        assertThat(text.text()).isEqualTo(shown);
        assertThat(text).hasToString("***");
    }

    private SmsText of(String pattern) {
        return of(pattern, Optional.empty(), Optional.empty());
    }

    private SmsText of(String pattern, Optional<String> host, Optional<String> details) {
        return SmsText.of(pattern, Locale.ENGLISH, code, Duration.ofMinutes(5), host, details);
    }

    private static Properties messages(String language) throws IOException {
        Path file = Path.of(
                System.getProperty("project.root", ".."),
                "themes/src/main/resources/theme-resources/messages/messages_" + language + ".properties");
        Properties messages = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            messages.load(reader);
        }
        return messages;
    }
}
