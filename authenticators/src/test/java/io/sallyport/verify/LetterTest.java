package io.sallyport.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.Method;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class LetterTest {

    private static final Instant AT = Instant.parse("2026-11-22T10:00:05Z");
    private static final Path TEXTS =
            Path.of("../themes/src/main/resources/theme-resources/messages/messages_en.properties");

    @Test
    void aLetterSaysWhatWhenWhereAndWhose() {
        Letter letter =
                new Letter(Notice.REMOVED, Optional.of(Method.SMS_OTP), "alice", AT, Optional.of("192.0.2.7"), false);

        assertThat(mfa(letter))
                .containsEntry("title", "mfaNoticeRemoved")
                .containsEntry("method", "mfaMethodSmsOtp")
                .containsEntry("username", "alice")
                .containsEntry("time", "2026-11-22 10:00:05 UTC")
                .containsEntry("address", "192.0.2.7")
                .containsEntry("administrator", false)
                .containsEntry("own", true);
    }

    @Test
    void aLetterToAdministratorsIsAboutSomebodyElse() {
        Letter letter = new Letter(Notice.SUSPENDED_FACTOR_OF, Optional.empty(), "alice", AT, Optional.empty(), true);

        assertThat(mfa(letter))
                .containsEntry("method", "")
                .containsEntry("address", "")
                .containsEntry("own", false);
    }

    @Test
    void everyNoticeAndMethodHasItsTexts() throws IOException {
        Properties texts = new Properties();
        try (Reader reader = Files.newBufferedReader(TEXTS)) {
            texts.load(reader);
        }
        Set<String> keys = new TreeSet<>();
        for (Notice notice : Notice.values()) {
            keys.add(notice.key());
            keys.add(notice.key() + "Text");
        }
        for (Method method : Method.values()) {
            Letter letter = new Letter(Notice.REMOVED, Optional.of(method), "alice", AT, Optional.empty(), false);
            keys.add(String.valueOf(mfa(letter).get("method")));
        }

        assertThat(texts.stringPropertyNames()).containsAll(keys);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> mfa(Letter letter) {
        return (Map<String, Object>)
                Optional.ofNullable(letter.attributes().get("mfa")).orElseThrow();
    }
}
