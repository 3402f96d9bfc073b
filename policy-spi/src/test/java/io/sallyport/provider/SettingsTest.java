package io.sallyport.provider;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.policy.Method;
import io.sallyport.policy.Network;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {

    /** What set-up would take for "no limit" in other software; none of it is a number within bounds. */
    private static final List<String> NO_NUMBERS = List.of(
            "",
            " ",
            "-1",
            "0",
            "+5",
            "5.0",
            "1e1",
            "0x5",
            "2147483648",
            "-2147483648",
            "99999999999999999999",
            "abc",
            "null",
            "unlimited",
            "٥",
            "５",
            "5 5",
            "5\0");

    @Test
    void whatIsNotSetHasItsDefault() {
        Settings settings = Settings.from(Map.of());

        assertThat(settings.get(Setting.ENABLED)).isFalse();
        assertThat(settings.get(Setting.METHODS))
                .containsExactlyInAnyOrder(Method.TOTP, Method.WEBAUTHN, Method.SMS_OTP);
        assertThat(settings.get(Setting.ENROLLMENT_PROOF)).isEqualTo(EnrollmentProof.PASSWORD);
        assertThat(settings.get(Setting.LOCKOUT_THRESHOLD)).isEqualTo(5);
        assertThat(settings.get(Setting.LOCKOUT_COOLDOWN)).isEqualTo(Duration.ofMinutes(15));
        assertThat(settings.get(Setting.LOCKOUT_LIFETIME_CAP)).isEqualTo(50);
        assertThat(settings.get(Setting.PASS_TTL)).isEqualTo(Duration.ofHours(1));
        assertThat(settings.get(Setting.CLAIM_TTL)).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.get(Setting.ENROLLMENT_TTL)).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.get(Setting.CHALLENGE_TTL)).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.get(Setting.RECOVERY_COUNT)).isEqualTo(10);
        assertThat(settings.get(Setting.RECOVERY_SESSION)).isEqualTo(RecoverySession.RESTRICTED);
        assertThat(settings.get(Setting.TRUSTED_DEVICE_DAYS)).isZero();
        assertThat(settings.get(Setting.WEBAUTHN_RP_ID)).isEmpty();
        assertThat(settings.get(Setting.WEBAUTHN_ORIGINS)).isEmpty();
        assertThat(settings.texts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Example.org",
                "https://example.org",
                "example.org:443",
                "example..org",
                "-a.org",
                "example.org.",
                "ex ample",
                "*.example.org"
            })
    void anRpIdIsADomain(String text) {
        assertThat(problems("mfa.webauthn.rp-id", text)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://login.example.org",
                "https://login.example.org/",
                "https://login.example.org:443",
                "http://localhost:80",
                "https://*.example.org",
                "https://user@example.org",
                "https://a.example,",
                "null"
            })
    void anOriginIsWhatBrowsersWrite(String text) {
        assertThat(problems("mfa.webauthn.origins", text)).hasSize(1);
    }

    @Test
    void everyKeyCanBeSetToSomethingElse() {
        Map<String, String> texts = new HashMap<>(SmsSettingTest.OTHER);
        texts.putAll(SsoSettingTest.OTHER);
        texts.putAll(EventsSettingTest.OTHER);
        texts.putAll(Map.ofEntries(
                entry("mfa.enabled", "true"),
                entry("mfa.methods", "WEBAUTHN, TOTP"),
                entry("mfa.enrollment.proof", "EMAIL"),
                entry("mfa.lockout.threshold", "3"),
                entry("mfa.lockout.cooldown", "1800"),
                entry("mfa.lockout.lifetime-cap", "20"),
                entry("mfa.pass.ttl", "86400"),
                entry("mfa.claim.ttl", "60"),
                entry("mfa.enrollment.ttl", "120"),
                entry("mfa.challenge.ttl", "180"),
                entry("mfa.approval.ttl", "60"),
                entry("mfa.token.ttl", "300"),
                entry("mfa.recovery.count", "12"),
                entry("mfa.recovery.session", "FULL"),
                entry("mfa.trusted-device.days", "30"),
                entry("mfa.network.proxies", "10.0.0.0/8, 2001:db8::/32"),
                entry("mfa.webauthn.rp-id", "example.org"),
                entry("mfa.errors.uniform", "true"),
                entry("mfa.audit.retention-days", "400"),
                entry("mfa.webauthn.origins", "https://login.example.org, http://localhost:8080")));

        Settings settings = Settings.from(texts);

        assertThat(settings.get(Setting.ENABLED)).isTrue();
        assertThat(settings.get(Setting.METHODS)).isEqualTo(Set.of(Method.TOTP, Method.WEBAUTHN));
        assertThat(settings.get(Setting.ENROLLMENT_PROOF)).isEqualTo(EnrollmentProof.EMAIL);
        assertThat(settings.get(Setting.LOCKOUT_THRESHOLD)).isEqualTo(3);
        assertThat(settings.get(Setting.LOCKOUT_COOLDOWN)).isEqualTo(Duration.ofMinutes(30));
        assertThat(settings.get(Setting.LOCKOUT_LIFETIME_CAP)).isEqualTo(20);
        assertThat(settings.get(Setting.PASS_TTL)).isEqualTo(Duration.ofDays(1));
        assertThat(settings.get(Setting.CLAIM_TTL)).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.get(Setting.ENROLLMENT_TTL)).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.get(Setting.CHALLENGE_TTL)).isEqualTo(Duration.ofMinutes(3));
        assertThat(settings.get(Setting.APPROVAL_TTL)).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.get(Setting.TOKEN_TTL)).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.get(Setting.RECOVERY_COUNT)).isEqualTo(12);
        assertThat(settings.get(Setting.RECOVERY_SESSION)).isEqualTo(RecoverySession.FULL);
        assertThat(settings.get(Setting.TRUSTED_DEVICE_DAYS)).isEqualTo(Duration.ofDays(30));
        assertThat(settings.get(Setting.NETWORK_PROXIES))
                .extracting(Network::text)
                .containsExactly("10.0.0.0/8", "2001:db8::/32");
        assertThat(settings.get(Setting.WEBAUTHN_RP_ID)).contains("example.org");
        assertThat(settings.get(Setting.WEBAUTHN_ORIGINS))
                .containsExactly("https://login.example.org", "http://localhost:8080");
        assertThat(settings.get(Setting.ERRORS_UNIFORM)).isTrue();
        assertThat(settings.texts()).isEqualTo(texts);
        assertThat(Setting.all()).extracting(ConfigKey::name).containsExactlyInAnyOrderElementsOf(texts.keySet());
    }

    @ParameterizedTest
    @CsvSource({
        "mfa.lockout.threshold, 1, 10",
        "mfa.lockout.cooldown, 30, 86400",
        "mfa.lockout.lifetime-cap, 10, 100",
        "mfa.pass.ttl, 300, 86400",
        "mfa.claim.ttl, 30, 3600",
        "mfa.enrollment.ttl, 30, 600",
        "mfa.challenge.ttl, 30, 600",
        "mfa.approval.ttl, 10, 600",
        "mfa.token.ttl, 30, 600",
        "mfa.recovery.count, 8, 20",
        "mfa.trusted-device.days, 0, 30"
    })
    void aNumberLiesWithinItsBounds(String name, int least, int most) {
        assertThat(accepted(name, String.valueOf(least))).isTrue();
        assertThat(accepted(name, String.valueOf(most))).isTrue();
        assertThat(problems(name, String.valueOf(least - 1)))
                .containsExactly(name + " = " + (least - 1) + ", want " + least + " to " + most);
        assertThat(problems(name, String.valueOf(most + 1)))
                .containsExactly(name + " = " + (most + 1) + ", want " + least + " to " + most);
    }

    static Stream<List<String>> numbersThatAreNone() {
        return Stream.of(
                        Setting.LOCKOUT_THRESHOLD,
                        Setting.LOCKOUT_COOLDOWN,
                        Setting.LOCKOUT_LIFETIME_CAP,
                        Setting.PASS_TTL,
                        Setting.CLAIM_TTL,
                        Setting.ENROLLMENT_TTL,
                        Setting.CHALLENGE_TTL,
                        Setting.APPROVAL_TTL,
                        Setting.TOKEN_TTL,
                        Setting.RECOVERY_COUNT)
                .flatMap(key -> NO_NUMBERS.stream().map(text -> List.of(key.name(), text)));
    }

    @ParameterizedTest
    @MethodSource("numbersThatAreNone")
    void whatIsNoNumberIsRefusedAndNeverMeansUnlimited(List<String> setting) {
        assertThat(problems(setting.get(0), setting.get(1)))
                .singleElement()
                .asString()
                .startsWith(setting.get(0) + " = ")
                .contains(", want ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "TRUE", "yes", "1", "on", "truee", "null"})
    void enabledIsTrueOrFalse(String text) {
        assertThat(problems("mfa.enabled", text)).containsExactly("mfa.enabled = " + text + ", want true or false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "TOTP,", ",TOTP", "totp", "TOTP;WEBAUTHN", "RECOVERY_CODE", "TOTP,PASSKEY", "*"})
    void methodsAreASubsetOfTheMethodsThatCanBeEnrolled(String text) {
        assertThat(problems("mfa.methods", text))
                .containsExactly("mfa.methods = " + text + ", want a subset of TOTP,WEBAUTHN,SMS_OTP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NONE", "email", "PASSWORD,EMAIL", "null"})
    void theProofBeforeTheFirstFactorIsOneOfThree(String text) {
        assertThat(problems("mfa.enrollment.proof", text))
                .containsExactly("mfa.enrollment.proof = " + text + ", want PASSWORD or EMAIL or PASS");
    }

    @Test
    void blanksAroundAValueMeanNothing() {
        Settings settings = Settings.from(Map.of("mfa.lockout.threshold", " 7\n", "mfa.enabled", "true "));

        assertThat(settings.get(Setting.LOCKOUT_THRESHOLD)).isEqualTo(7);
        assertThat(settings.get(Setting.ENABLED)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mfa.lockout.treshold", "MFA.ENABLED", "mfa.enabled ", "", "mfa"})
    void anUnknownNameIsRefused(String name) {
        assertThat(problems(name, "1")).containsExactly(name + ": unknown setting");
    }

    @Test
    void everyProblemIsReportedAtOnce() {
        InvalidSettings refused = refused(Map.of(
                "mfa.enabled", "maybe",
                "mfa.lockout.threshold", "0",
                "mfa.claim.ttl", "60",
                "mfa.b", "1",
                "mfa.a", "1"));

        assertThat(refused.problems())
                .containsExactly(
                        "mfa.enabled = maybe, want true or false",
                        "mfa.lockout.threshold = 0, want 1 to 10",
                        "mfa.a: unknown setting",
                        "mfa.b: unknown setting");
        assertThat(refused).hasMessageContainingAll(refused.problems().toArray(String[]::new));
    }

    @Test
    void aLongValueIsCutInTheMessage() {
        assertThat(problems("mfa.claim.ttl", "9".repeat(10_000)))
                .containsExactly("mfa.claim.ttl = " + "9".repeat(40) + "…, want 30 to 3600");
    }

    @Test
    void theSettingsCannotBeChangedFromOutside() {
        Map<String, String> texts = new HashMap<>(Map.of("mfa.lockout.threshold", "3"));
        Settings settings = Settings.from(texts);

        texts.put("mfa.lockout.threshold", "10");

        assertThat(settings.texts())
                .isEqualTo(Map.of("mfa.lockout.threshold", "3"))
                .isUnmodifiable();
        assertThat(settings.get(Setting.METHODS)).isUnmodifiable();
    }

    private static boolean accepted(String name, String text) {
        return Settings.from(Map.of(name, text)).texts().equals(Map.of(name, text));
    }

    private static List<String> problems(String name, String text) {
        return refused(Map.of(name, text)).problems();
    }

    private static InvalidSettings refused(Map<String, String> texts) {
        return catchThrowableOfType(InvalidSettings.class, () -> Settings.from(texts));
    }

    @Test
    void aValueThatNoColumnHoldsIsRefused() {
        String networks = "10.0.0.0/8,".repeat(200) + "10.0.0.0/8";

        InvalidSettings refused = catchThrowableOfType(
                InvalidSettings.class, () -> Settings.from(Map.of("mfa.network.proxies", networks)));

        assertThat(refused.problems()).containsExactly("mfa.network.proxies: has 2210 characters, want at most 2000");
    }

    @Test
    void blanksAroundAValueAreNotKept() {
        assertThat(Settings.from(Map.of("mfa.enabled", " true\n")).texts()).containsEntry("mfa.enabled", "true");
    }
}
