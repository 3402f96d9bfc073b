package io.sallyport.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventsSettingTest {

    static final Map<String, String> OTHER = Map.of(
            "mfa.events.log", "true",
            "mfa.events.webhook.url", "https://siem.example.org/in?tenant=a",
            "mfa.events.officers", "ciso@example.org, soc@example.org",
            "mfa.events.reminder-days", "1, 30");

    @Test
    void nobodyIsToldByDefault() {
        Settings settings = Settings.from(Map.of());

        assertThat(settings.get(EventsSetting.LOG)).isFalse();
        assertThat(settings.get(EventsSetting.WEBHOOK_URL)).isEmpty();
        assertThat(settings.get(EventsSetting.OFFICERS)).isEmpty();
        assertThat(settings.get(EventsSetting.REMINDER_DAYS)).containsExactly(14, 3);
        assertThat(Settings.from(Map.of("mfa.events.reminder-days", "0")).get(EventsSetting.REMINDER_DAYS))
                .isEmpty();
    }

    @Test
    void everyKeyCanBeSetToSomethingElse() {
        Settings settings = Settings.from(OTHER);

        assertThat(settings.get(EventsSetting.LOG)).isTrue();
        assertThat(settings.get(EventsSetting.WEBHOOK_URL))
                .contains(URI.create("https://siem.example.org/in?tenant=a"));
        assertThat(settings.get(EventsSetting.OFFICERS)).isEqualTo(Set.of("ciso@example.org", "soc@example.org"));
        assertThat(settings.get(EventsSetting.REMINDER_DAYS)).containsExactly(30, 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mfa.events.log | yes",
                "mfa.events.webhook.url | ftp://siem.example.org/",
                "mfa.events.webhook.url | siem.example.org",
                "mfa.events.webhook.url | https:///in",
                "mfa.events.webhook.url | https://user:secret@siem.example.org/",
                "mfa.events.webhook.url | https://siem.example.org/#in",
                "mfa.events.webhook.url | https://siem.example.org:port/",
                "mfa.events.webhook.url | https://ex ample.org/",
                "mfa.events.reminder-days | 91",
                "mfa.events.reminder-days | 3,0",
                "mfa.events.reminder-days | 3,3",
                "mfa.events.reminder-days | 1,2,3,4,5,6",
                "mfa.events.reminder-days | -1",
                "mfa.events.officers | nobody",
                "mfa.events.officers | a@example.org,,b@example.org",
                "mfa.events.officers | a@example.org,a@example.org",
                "mfa.events.officers | <a@example.org>",
            })
    void anythingElseIsRefused(String name, String text) {
        assertThatThrownBy(() -> Settings.from(Map.of(name, text)))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://siem.example.org/services/T0/B1?tenant=a | https://siem.example.org/***",
                "https://siem.example.org?tenant=a | https://siem.example.org/***",
                "https://siem.example.org/#in | https://siem.example.org/***",
                "https://user:secret@siem.example.org:8443/in@host | https://siem.example.org:8443/***",
                "https://siem.example.org/ | https://siem.example.org/",
                "https://[2001:db8::1]:8443 | https://[2001:db8::1]:8443",
                "ciso@example.org | ciso@example.org",
                "a topic/of its own?yes | a topic/of its own?yes",
            })
    void ofAnAddressTheHostIsNoSecret(String address, String shown) {
        assertThat(EventsSetting.hostOnly(address)).isEqualTo(shown);
    }

    @Test
    void theRecordShowsThatAnAddressChangedAndNotWhatItSays() {
        String name = "mfa.events.webhook.url";
        String before = EventsSetting.forTheRecord(name, "https://hooks.example.org:8443/services/T0/B1?key=a");
        String after = EventsSetting.forTheRecord(name, "https://hooks.example.org:8443/services/T0/B2?key=a");

        assertThat(before).matches("https://hooks\\.example\\.org:8443/\\*\\*\\* sha256:[0-9a-f]{6}");
        assertThat(after)
                .startsWith("https://hooks.example.org:8443/*** sha256:")
                .isNotEqualTo(before);
        assertThat(EventsSetting.forTheRecord(name, "https://hooks.example.org/"))
                .isEqualTo("https://hooks.example.org/");
        assertThat(EventsSetting.forTheRecord(name, "")).isEmpty();
        assertThat(EventsSetting.forTheRecord("mfa.events.officers", "a@example.org/b?c"))
                .isEqualTo("a@example.org/b?c");
    }
}
