package io.sallyport.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.json.InvalidRequest;
import io.sallyport.provider.Setting;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsRequestTest {

    private static final Map<String, String> STORED = Map.of("mfa.enabled", "true", "mfa.claim.ttl", "60");

    @Test
    void whatIsNotMentionedStays() {
        SettingsRequest request = parse("{'reason':'why','settings':{'mfa.lockout.threshold':3}}");

        assertThat(request.reason()).isEqualTo("why");
        assertThat(request.settings().get(Setting.ENABLED)).isTrue();
        assertThat(request.settings().get(Setting.LOCKOUT_THRESHOLD)).isEqualTo(3);
        assertThat(request.settings().get(Setting.CLAIM_TTL)).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void nullIsTheDefault() {
        SettingsRequest request = parse("{'reason':'why','settings':{'mfa.claim.ttl':null}}");

        assertThat(request.settings().texts()).containsExactly(Map.entry("mfa.enabled", "true"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|$: want an object with reason, settings, seen",
                "{'reason':'x','settings':{},'seen':7}|$.seen: want an object",
                "{'reason':'x','settings':{},'seen':{'mfa.claim.ttl':5}}|$.seen.mfa.claim.ttl: want a text",
                "{'reason':'x','settings':{},'seen':{'mfa.claim.tll':'60'}}|$.seen.mfa.claim.tll: unknown setting",
                "{'settings':{}}|$.reason: is missing",
                "{'reason':'x'}|$.settings: is missing",
                "{'reason':' ','settings':{}}|$.reason: want a text of 1 to 255 characters, none of them a control character",
                "{'reason':'x','settings':{},'more':1}|$.more: unknown field",
                "{'reason':'x','settings':7}|$.settings: want an object",
                "{'reason':'x','settings':{'mfa.x':'1'}}|$.settings.mfa.x: unknown setting",
                "{'reason':'x','settings':{'mfa.claim.ttl':5}}|$.settings.mfa.claim.ttl = 5, want 30 to 3600",
                "{'reason':'x','settings':{'mfa.enabled':{}}}|"
                        + "$.settings.mfa.enabled: want a text, a number or a boolean, or null for the default"
            })
    void nonsenseIsRefusedWithItsPath(String json, String problem) {
        assertThat(problemsOf(json)).containsExactly(problem);
    }

    @Test
    void aNameThatIsThereTwiceIsRefused() {
        assertThat(problemsOf("{'reason':'x','settings':{'mfa.claim.ttl':60,'mfa.claim.ttl':90}}"))
                .singleElement()
                .asString()
                .startsWith("$: no JSON: Duplicate field");
    }

    @Test
    void allProblemsAreToldAtOnce() {
        assertThat(problemsOf("{'a':1,'settings':{'mfa.claim.ttl':5,'mfa.enabled':[],'mfa.methods':'FAX'}}"))
                .hasSize(5);
    }

    private static List<String> problemsOf(String json) {
        return catchThrowableOfType(InvalidRequest.class, () -> parse(json)).problems();
    }

    private static SettingsRequest parse(String json) {
        return SettingsRequest.parse(json.replace('\'', '"'), changes -> {
            Map<String, String> merged = new HashMap<>(STORED);
            changes.forEach(
                    (name, text) -> text.ifPresentOrElse(value -> merged.put(name, value), () -> merged.remove(name)));
            return merged;
        });
    }
}
