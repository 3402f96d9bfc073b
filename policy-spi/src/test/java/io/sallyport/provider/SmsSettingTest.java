package io.sallyport.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SmsSettingTest {

    /** Every setting of SMS at something that is not its default. */
    static final Map<String, String> OTHER = Map.of(
            "mfa.sms.code-ttl", "120",
            "mfa.sms.resend-cooldown", "60",
            "mfa.sms.user-cap", "1",
            "mfa.sms.number-cap", "2",
            "mfa.sms.prefix-cap", "3",
            "mfa.sms.address-cap", "4",
            "mfa.sms.tenant-cap", "5",
            "mfa.sms.day-cap", "6",
            "mfa.sms.countries", "CH, DE",
            "mfa.sms.region", "CH");

    @Test
    void whatIsNotSetHasItsDefault() {
        Settings settings = Settings.from(Map.of());

        assertThat(settings.get(SmsSetting.CODE_TTL)).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.get(SmsSetting.RESEND_COOLDOWN)).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.get(SmsSetting.USER_CAP)).isEqualTo(10);
        assertThat(settings.get(SmsSetting.NUMBER_CAP)).isEqualTo(10);
        assertThat(settings.get(SmsSetting.PREFIX_CAP)).isEqualTo(30);
        assertThat(settings.get(SmsSetting.ADDRESS_CAP)).isEqualTo(30);
        assertThat(settings.get(SmsSetting.TENANT_CAP)).isEqualTo(500);
        assertThat(settings.get(SmsSetting.DAY_CAP)).isEqualTo(1000);
        assertThat(settings.get(SmsSetting.COUNTRIES)).contains("DE", "US").doesNotContain("RU", "TN");
        assertThat(settings.get(SmsSetting.REGION)).isEmpty();
    }

    @Test
    void everyKeyCanBeSetToSomethingElse() {
        Settings settings = Settings.from(OTHER);

        assertThat(settings.get(SmsSetting.CODE_TTL)).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.get(SmsSetting.RESEND_COOLDOWN)).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.get(SmsSetting.USER_CAP)).isEqualTo(1);
        assertThat(settings.get(SmsSetting.NUMBER_CAP)).isEqualTo(2);
        assertThat(settings.get(SmsSetting.PREFIX_CAP)).isEqualTo(3);
        assertThat(settings.get(SmsSetting.ADDRESS_CAP)).isEqualTo(4);
        assertThat(settings.get(SmsSetting.TENANT_CAP)).isEqualTo(5);
        assertThat(settings.get(SmsSetting.DAY_CAP)).isEqualTo(6);
        assertThat(settings.get(SmsSetting.COUNTRIES)).isEqualTo(Set.of("CH", "DE"));
        assertThat(settings.get(SmsSetting.REGION)).contains("CH");
    }

    @ParameterizedTest
    @CsvSource({
        "mfa.sms.code-ttl, 29", "mfa.sms.code-ttl, 601", "mfa.sms.resend-cooldown, 29", "mfa.sms.user-cap, 0",
        "mfa.sms.number-cap, 101", "mfa.sms.prefix-cap, -1", "mfa.sms.address-cap, abc", "mfa.sms.tenant-cap, 1000001",
        "mfa.sms.day-cap, 2147483648", "mfa.sms.region, de", "mfa.sms.countries, XX", "mfa.sms.countries, *"
    })
    @DisplayName("SMS-04: a code never lives longer than ten minutes, and no cap is ever unlimited")
    void aValueOutOfBoundsIsRefused(String name, String value) {
        assertThat(refused(name, value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "DE,", "Germany", "DE;CH"})
    void anEmptyOrOddListOfCountriesIsRefusedAndNeverMeansAll(String countries) {
        assertThat(refused("mfa.sms.countries", countries)).isTrue();
    }

    private static boolean refused(String name, String value) {
        return catchThrowableOfType(InvalidSettings.class, () -> Settings.from(Map.of(name, value))) != null;
    }
}
