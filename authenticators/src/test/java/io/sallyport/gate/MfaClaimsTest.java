package io.sallyport.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.Method;
import io.sallyport.verify.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.IDToken;
import org.keycloak.util.JsonSerialization;

final class MfaClaimsTest {

    private static final long PROVED = 1_772_366_400;
    private static final Duration TTL = Duration.ofMinutes(5);
    private static final Evidence EVIDENCE =
            new Evidence("e-1", Method.TOTP, Instant.ofEpochSecond(PROVED, 999_000_000), List.of("pwd", "otp", "mfa"));
    private static final List<String> NAMES = List.of(
            "mfa_verified",
            "mfa_method",
            "mfa_time",
            "mfa_exp",
            "amr",
            "mfa_action",
            "mfa_action_hash",
            "mfa_approval_id");

    private final IDToken token = new AccessToken();

    @Test
    void freshEvidenceBecomesTheClaimsOfTheContract() {
        token.exp(PROVED + 60);

        MfaClaims.write(token, Optional.of(EVIDENCE), TTL);

        assertThat(token.getOtherClaims())
                .isEqualTo(Map.of(
                        "mfa_verified",
                        true,
                        "mfa_method",
                        "TOTP",
                        "mfa_time",
                        PROVED,
                        "mfa_exp",
                        PROVED + 300,
                        "amr",
                        List.of("pwd", "otp", "mfa")));
        assertThat(token.getAcr()).isEqualTo("mfa");
    }

    @ParameterizedTest
    @EnumSource
    void theMethodIsTheOneThatWasPassed(Method method) {
        MfaClaims.write(token, Optional.of(new Evidence("e", method, Instant.EPOCH, List.of())), TTL);

        assertThat(token.getOtherClaims()).containsEntry("mfa_method", method.name());
    }

    @Test
    void withoutFreshEvidenceForgedClaimsAreRemovedAndTheOthersStay() {
        NAMES.forEach(name -> token.setOtherClaims(name, "forged"));
        token.setOtherClaims("department", "finance");
        token.setAcr("mfa");

        MfaClaims.write(token, Optional.empty(), TTL);

        assertThat(token.getOtherClaims()).isEqualTo(Map.of("department", "finance"));
        assertThat(token.getAcr()).isEqualTo("0");
    }

    @Test
    void withFreshEvidenceForgedClaimsAreOverwritten() {
        NAMES.forEach(name -> token.setOtherClaims(name, "forged"));

        MfaClaims.write(token, Optional.of(EVIDENCE), TTL);

        assertThat(token.getOtherClaims())
                .doesNotContainValue("forged")
                .doesNotContainKeys("mfa_action", "mfa_action_hash", "mfa_approval_id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "gold"})
    void keycloaksOwnAcrStaysWithoutEvidence(String acr) {
        token.setAcr(acr);

        MfaClaims.write(token, Optional.empty(), TTL);

        assertThat(token.getAcr()).isEqualTo(acr);
    }

    @Test
    void aTokenWithoutAcrGetsNoneWithoutEvidence() {
        MfaClaims.write(token, Optional.empty(), TTL);

        assertThat(token.getAcr()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"299, 299", "300, 300", "301, 300", "36000, 300", "-5, -5"})
    void aTokenNeverOutlivesItsClaims(long tokenEnd, long end) {
        token.exp(PROVED + tokenEnd);

        MfaClaims.write(token, Optional.of(EVIDENCE), TTL);

        assertThat(token.getExp()).isEqualTo(PROVED + end);
    }

    @Test
    void aTokenWithoutAnEndGetsTheEndOfItsClaims() {
        MfaClaims.write(token, Optional.of(EVIDENCE), TTL);

        assertThat(token.getExp()).isEqualTo(PROVED + 300);
    }

    @Test
    void withoutEvidenceTheEndOfATokenStays() {
        token.exp(PROVED + 36_000);

        MfaClaims.write(token, Optional.empty(), TTL);

        assertThat(token.getExp()).isEqualTo(PROVED + 36_000);
    }

    @Test
    void writingTwiceChangesNothing() throws Exception {
        token.exp(PROVED + 36_000);
        token.setOtherClaims("department", "finance");
        MfaClaims.write(token, Optional.of(EVIDENCE), TTL);
        String once = JsonSerialization.writeValueAsString(token);

        MfaClaims.write(token, Optional.of(EVIDENCE), TTL);

        assertThat(JsonSerialization.writeValueAsString(token)).isEqualTo(once);
    }

    @Test
    void claimsThatWentStaleAreGone() {
        MfaClaims.write(token, Optional.of(EVIDENCE), TTL);

        MfaClaims.write(token, Optional.empty(), TTL);

        assertThat(token.getOtherClaims()).isEmpty();
        assertThat(token.getAcr()).isEqualTo("0");
    }

    @Test
    void theTokenSaysItInJsonAsTheContractDoes() throws Exception {
        MfaClaims.write(token, Optional.of(EVIDENCE), TTL);

        Map<?, ?> json = JsonSerialization.readValue(JsonSerialization.writeValueAsString(token), LinkedHashMap.class);

        assertThat(json.get("mfa_verified")).isEqualTo(true);
        assertThat(((Number) json.get("mfa_exp")).longValue()).isEqualTo(PROVED + 300);
        assertThat(json.get("acr")).isEqualTo("mfa");
        assertThat(json.get("amr")).isEqualTo(List.of("pwd", "otp", "mfa"));
    }

    @Test
    void anAnswerRepeatsWhatTheTokenSays() {
        MfaClaims.write(token, Optional.of(EVIDENCE), TTL);
        token.setOtherClaims("mfa_action", "pay");
        token.setOtherClaims("department", "finance");
        IDToken answer = new AccessToken();

        MfaClaims.repeat(token, answer);

        assertThat(answer.getOtherClaims())
                .containsEntry("mfa_verified", true)
                .containsEntry("mfa_time", PROVED)
                .containsEntry("mfa_action", "pay")
                .doesNotContainKey("department");
        assertThat(answer.getAcr()).isEqualTo("mfa");
    }

    @Test
    void anAnswerAboutATokenWithoutAProofSaysNothing() {
        token.setOtherClaims("mfa_verified", "true");
        token.setOtherClaims("mfa_method", "TOTP");
        IDToken answer = new AccessToken();
        answer.setAcr("1");

        MfaClaims.repeat(token, answer);

        assertThat(answer.getOtherClaims()).isEmpty();
        assertThat(answer.getAcr()).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mfa", "MFA", "Mfa"})
    void aLevelOfOurNameIsTakenAwayInAnySpelling(String level) {
        token.setAcr(level);

        MfaClaims.remove(token);

        assertThat(token.getAcr()).isEqualTo("0");
    }
}
