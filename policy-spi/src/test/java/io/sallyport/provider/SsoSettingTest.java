package io.sallyport.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SsoSettingTest {

    static final Map<String, String> OTHER = Map.of(
            "mfa.sso.trusted-providers", "corp, partner",
            "mfa.sso.amr", "hwk,mfa",
            "mfa.sso.acr", "urn:corp:loa:3",
            "mfa.sso.enrollment", "true");

    @Test
    void byDefaultNobodyIsTrustedAndATrustedOneMustSayMfa() {
        Settings settings = Settings.from(Map.of());

        assertThat(settings.get(SsoSetting.TRUSTED_PROVIDERS)).isEmpty();
        assertThat(settings.get(SsoSetting.AMR)).containsExactly("mfa");
        assertThat(settings.get(SsoSetting.ACR)).isEmpty();
        assertThat(settings.get(SsoSetting.ENROLLMENT)).isFalse();
    }

    @Test
    void everyKeyCanBeSetToSomethingElse() {
        Settings settings = Settings.from(OTHER);

        assertThat(settings.get(SsoSetting.TRUSTED_PROVIDERS)).containsExactlyInAnyOrder("corp", "partner");
        assertThat(settings.get(SsoSetting.AMR)).containsExactlyInAnyOrder("hwk", "mfa");
        assertThat(settings.get(SsoSetting.ACR)).containsExactly("urn:corp:loa:3");
        assertThat(settings.get(SsoSetting.ENROLLMENT)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"corp,", ",corp", "corp,,partner", "corp,corp", "corp partner", "corp, corp"})
    void whatIsNoListOfNamesIsRefused(String text) {
        assertRefused(text);
    }

    @Test
    void thereAreAtMostFiftyOfThem() {
        String fifty = IntStream.range(0, 50).mapToObj(number -> "p" + number).collect(Collectors.joining(","));

        assertThat(Settings.from(Map.of("mfa.sso.trusted-providers", fifty)).get(SsoSetting.TRUSTED_PROVIDERS))
                .hasSize(50);
        assertRefused(fifty + ",p50");
    }

    @Test
    void theTextOfAListIsReadAsTheList() {
        String text = SsoSetting.text(Set.of("partner", "corp"));

        assertThat(text).isEqualTo("corp,partner");
        assertThat(SsoSetting.text(Set.of())).isEmpty();
    }

    private static void assertRefused(String text) {
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> Settings.from(Map.of("mfa.sso.trusted-providers", text)))
                .withMessageContaining("mfa.sso.trusted-providers");
    }
}
