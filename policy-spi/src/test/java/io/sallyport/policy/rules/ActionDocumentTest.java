package io.sallyport.policy.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.policy.Method;
import io.sallyport.policy.action.Action;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ActionDocumentTest {

    @Test
    void anActionIsReadAndWrittenWithoutLoss() {
        Map<String, Object> document = with(Map.of(
                "translations",
                Map.of("de", "{amount} an {payee} zahlen"),
                "strength",
                "NO_SMS",
                "methods",
                List.of("TOTP", "WEBAUTHN"),
                "max_age",
                3600,
                "ttl",
                180));

        Action action = PolicyDocument.action(document);

        assertThat(PolicyDocument.action(ActionWriter.write(action))).isEqualTo(action);
        assertThat(action.proofs()).containsExactlyInAnyOrder(Method.TOTP, Method.WEBAUTHN);
        assertThat(action.description("fr")).hasToString("Pay {amount} to {payee}");
    }

    @Test
    void messagesProveNothingUnlessTheyAreNamed() {
        assertThat(PolicyDocument.action(with(Map.of())).proofs())
                .containsExactlyInAnyOrder(Method.TOTP, Method.WEBAUTHN);
        assertThat(PolicyDocument.action(with(Map.of("methods", List.of("SMS_OTP"))))
                        .proofs())
                .containsExactly(Method.SMS_OTP);
        assertThat(PolicyDocument.action(with(Map.of("strength", "PHISHING_RESISTANT")))
                        .proofs())
                .containsExactly(Method.WEBAUTHN);
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of("$.type", Map.of("type", "sign_in")),
                Arguments.of("$.type", Map.of("type", "Approve")),
                Arguments.of("$.type", Map.of("type", "a".repeat(65))),
                Arguments.of("$.description", Map.of("description", "Pay {amount")),
                Arguments.of("$.description", Map.of("description", "Pay {Amount}")),
                Arguments.of("$.description", Map.of("description", "Pay \u202E{amount}")),
                Arguments.of("$.description", Map.of("description", "x".repeat(301))),
                Arguments.of("$", Map.of("description", "Pay {sum}")),
                Arguments.of("$", Map.of("description", "Pay {note}")),
                Arguments.of("$", Map.of("translations", Map.of("de", "{summe} zahlen"))),
                Arguments.of("$.translations.german", Map.of("translations", Map.of("german", "Zahlen"))),
                Arguments.of("$.strength", Map.of("strength", "STRONG")),
                Arguments.of("$.methods", Map.of("methods", List.of("RECOVERY_CODE"))),
                Arguments.of("$", Map.of("methods", List.of("SMS_OTP"), "strength", "NO_SMS")),
                Arguments.of("$.ttl", Map.of("ttl", 601)),
                Arguments.of("$.max_age", Map.of("max_age", 0)),
                Arguments.of("$.fields[0].name", Map.of("fields", List.of(Map.of("name", "Amount")))),
                Arguments.of("$.fields[0].kind", Map.of("fields", List.of(Map.of("name", "a", "kind", "DATE")))),
                Arguments.of("$.approve", Map.of("approve", true)));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void whatIsWrongIsNamedByItsPath(String path, Map<String, Object> change) {
        InvalidPolicy refused = catchThrowableOfType(InvalidPolicy.class, () -> PolicyDocument.action(with(change)));

        assertThat(refused.problems()).anyMatch(problem -> problem.startsWith(path + ": "));
    }

    @Test
    void aDocumentHoldsEachTypeOnce() {
        Map<String, Object> document = Map.of("rules", List.of(), "actions", List.of(with(Map.of()), with(Map.of())));

        assertThat(catchThrowableOfType(
                                InvalidPolicy.class,
                                () -> PolicyDocument.content(document, Directory.ofIds(text -> {
                                    throw new IllegalArgumentException(text);
                                })))
                        .problems())
                .containsExactly("$.actions[1].type: stands twice");
    }

    @Test
    void aDocumentThatDoesNotSpeakOfActionsSaysNothingAboutThem() {
        Directory directory = Directory.ofIds(text -> {
            throw new IllegalArgumentException(text);
        });

        assertThat(PolicyDocument.content(Map.of("rules", List.of()), directory).actions())
                .isEmpty();
        assertThat(PolicyDocument.content(Map.of("rules", List.of(), "actions", List.of()), directory)
                        .actions())
                .contains(List.of());
    }

    private static Map<String, Object> with(Map<String, ?> more) {
        Map<String, Object> action = new HashMap<>(Map.of(
                "type",
                "approve_payment",
                "description",
                "Pay {amount} to {payee}",
                "fields",
                List.of(
                        Map.of("name", "amount", "kind", "NUMBER"),
                        Map.of("name", "payee"),
                        Map.of("name", "note", "required", false))));
        action.putAll(more);
        return action;
    }
}
