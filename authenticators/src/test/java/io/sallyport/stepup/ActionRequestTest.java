package io.sallyport.stepup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ActionRequestTest {

    private static final Optional<String> NO_ALIAS = Optional.empty();

    @Test
    void aRequestWithoutAnythingOfOursIsNone() {
        assertThat(ActionRequest.of(Map.of(), NO_ALIAS)).isEmpty();
        assertThat(ActionRequest.of(Map.of(), Optional.of("UPDATE_PASSWORD"))).isEmpty();
        assertThat(ActionRequest.of(Map.of(), Optional.of("mfa-approve-not:pay")))
                .isEmpty();
    }

    @Test
    void theActionIsNamedInEitherWayOrTwiceTheSame() {
        ActionRequest expected = new ActionRequest("pay", Optional.of("e30"), Optional.empty());

        assertThat(ActionRequest.of(Map.of("mfa_action", "pay", "mfa_details", "e30"), NO_ALIAS))
                .contains(expected);
        assertThat(ActionRequest.of(Map.of("mfa_details", "e30"), Optional.of("mfa-approve:pay")))
                .contains(expected);
        assertThat(ActionRequest.of(Map.of("mfa_action", "pay", "mfa_details", "e30"), Optional.of("mfa-approve:pay")))
                .contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mfa-approve:other", "mfa-approve", "mfa-approve:", "UPDATE_PASSWORD", "mfa-approve:pay:pay"})
    void twoWaysThatDifferAreRefused(String kcAction) {
        refused(Map.of("mfa_action", "pay"), Optional.of(kcAction), "different");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mfa-approve", "mfa-approve:", "mfa-approve:a:b", "mfa-approve:Pay", "mfa-approve:sign_in"})
    void anAliasWithoutAnActionIsRefused(String kcAction) {
        refused(Map.of(), Optional.of(kcAction), "names no action");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mfa_details", "mfa_challenge"})
    void halfARequestIsRefused(String name) {
        refused(Map.of(name, "x"), NO_ALIAS, "mfa_action is missing");
        refused(Map.of(name, "x"), Optional.of("UPDATE_PASSWORD"), "mfa_action is missing");
    }

    @Test
    void detailsAndAChallengeExcludeEachOther() {
        refused(Map.of("mfa_action", "pay", "mfa_details", "e30", "mfa_challenge", "c"), NO_ALIAS, "exclude");
    }

    @Test
    void detailsHaveTwoThousandCharacters() {
        assertThat(ActionRequest.of(Map.of("mfa_action", "pay", "mfa_details", "a".repeat(2_000)), NO_ALIAS))
                .isPresent();
        refused(Map.of("mfa_action", "pay", "mfa_details", "a".repeat(2_001)), NO_ALIAS, "1 to 2000");
        refused(Map.of("mfa_action", "pay", "mfa_details", " "), NO_ALIAS, "1 to 2000");
    }

    @Test
    void detailsAreReadWithoutLoss() {
        Map<String, Object> details =
                DetailsParameter.read(encoded("{\"amount\":0.1000000000000000055,\"payee\":\"Ü\",\"list\":[\"a\"]}"));

        assertThat(details.get("amount")).isEqualTo(new BigDecimal("0.1000000000000000055"));
        assertThat(details).containsEntry("payee", "Ü");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"\\u0061\":2}",
                "[1]",
                "null",
                "\"text\"",
                "",
                "{} {}",
                "{\"a\":NaN}"
            })
    void whatIsNoSingleObjectIsRefused(String json) {
        assertThatThrownBy(() -> DetailsParameter.read(encoded(json))).isInstanceOf(InvalidActionRequest.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"e30+", "e30/", "e", "{}", "_-8"})
    void whatIsNoBase64UrlOfUtf8IsRefused(String text) {
        assertThatThrownBy(() -> DetailsParameter.read(text)).isInstanceOf(InvalidActionRequest.class);
    }

    @Test
    void theDescriptionHasOnlyWhatAnErrorMayHave() {
        assertThat(new InvalidActionRequest("a \"b\" \\ ü\r\n").description()).isEqualTo("a ?b? ? ???");
    }

    private static void refused(Map<String, String> parameters, Optional<String> kcAction, String why) {
        assertThatThrownBy(() -> ActionRequest.of(parameters, kcAction))
                .isInstanceOf(InvalidActionRequest.class)
                .hasMessageContaining(why);
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
    }
}
