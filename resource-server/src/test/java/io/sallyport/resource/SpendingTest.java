package io.sallyport.resource;

import static io.sallyport.resource.FakeRealm.ACTION;
import static io.sallyport.resource.FakeRealm.PAYMENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the server answers but a yes to this approval is a no. */
final class SpendingTest {

    private final Payer payer = new Payer();

    @AfterEach
    void close() {
        payer.close();
    }

    static Stream<Arguments> answersThatAreNoYes() {
        String yes = "{\"authorized\":true,\"approval_id\":\"approval-1\"}";
        String json = "application/json";
        return Stream.of(
                said(Refusal.Kind.MFA_REQUIRED, 200, json, "{\"authorized\":false,\"approval_id\":\"approval-1\"}"),
                said(Refusal.Kind.MFA_REQUIRED, 200, json, "{\"authorized\":\"true\",\"approval_id\":\"approval-1\"}"),
                said(Refusal.Kind.MFA_REQUIRED, 200, json, "{\"authorized\":1,\"approval_id\":\"approval-1\"}"),
                said(Refusal.Kind.MFA_REQUIRED, 200, json, "{}"),
                said(Refusal.Kind.MFA_REQUIRED, 403, json, yes),
                said(Refusal.Kind.MFA_REQUIRED, 404, json, yes),
                said(Refusal.Kind.MFA_REQUIRED, 410, json, yes),
                said(Refusal.Kind.UNAUTHENTICATED, 401, json, yes),
                said(Refusal.Kind.MFA_UNAVAILABLE, 200, json, "{\"authorized\":true}"),
                said(Refusal.Kind.MFA_UNAVAILABLE, 200, json, yes.replace("approval-1", "approval-2")),
                said(Refusal.Kind.MFA_UNAVAILABLE, 200, json, ""),
                said(Refusal.Kind.MFA_UNAVAILABLE, 200, json, "[" + yes + "]"),
                said(Refusal.Kind.MFA_UNAVAILABLE, 200, json, yes + yes),
                said(Refusal.Kind.MFA_UNAVAILABLE, 200, json, yes.replace("}", ",\"authorized\":true}")),
                said(Refusal.Kind.MFA_UNAVAILABLE, 200, json, "[".repeat(100_000)),
                said(Refusal.Kind.MFA_UNAVAILABLE, 200, json, " ".repeat(300_000) + yes),
                said(Refusal.Kind.MFA_UNAVAILABLE, 200, "text/html", yes),
                said(Refusal.Kind.MFA_UNAVAILABLE, 200, "application/json-seq", yes),
                said(Refusal.Kind.MFA_UNAVAILABLE, 201, json, yes),
                said(Refusal.Kind.MFA_UNAVAILABLE, 204, json, ""),
                said(Refusal.Kind.MFA_UNAVAILABLE, 302, json, yes),
                said(Refusal.Kind.MFA_UNAVAILABLE, 307, json, yes),
                said(Refusal.Kind.MFA_UNAVAILABLE, 429, json, yes),
                said(Refusal.Kind.MFA_UNAVAILABLE, 500, json, yes),
                said(Refusal.Kind.MFA_UNAVAILABLE, 503, json, yes));
    }

    @ParameterizedTest(name = "{1} {2} is {0}")
    @MethodSource("answersThatAreNoYes")
    @DisplayName("ERR: whatever authorize answers but a yes to this approval is a no")
    void noYes(Refusal.Kind kind, int status, String type, String body) {
        payer.realm.instead = new FakeRealm.Said(status, type, body, Map.of("Location", payer.realm.issuer()));

        Payer.assertRefused(payer.check(payer.realm.token("approval-1")), kind);
        assertThat(payer.realm.asked).hasSize(1);
    }

    @Test
    @DisplayName("R-17: a server that says nothing, or is not there, is a no within the time")
    void silence() throws IOException {
        String token = payer.realm.token("approval-1");
        try (ServerSocket silent = new ServerSocket(0)) {
            for (String port : List.of(String.valueOf(silent.getLocalPort()), "1")) {
                ResourceSettings settings =
                        payer.realm.settings("timeout", "1", "server", "http://127.0.0.1:" + port + "/realms/acme");

                Payer.assertRefused(
                        ApprovalCheck.of(settings).check(Payer.call(token), ACTION, () -> PAYMENT),
                        Refusal.Kind.MFA_UNAVAILABLE);
            }
        }
    }

    @Test
    @DisplayName("R-01: of twenty calls at once with one approval one gets through")
    void oneOfManyGetsThrough() {
        String token = payer.realm.token("approval-1");

        long approved = IntStream.range(0, 20)
                .parallel()
                .mapToObj(i -> payer.check(token))
                .filter(Outcome.Approved.class::isInstance)
                .count();

        assertThat(approved).isEqualTo(1);
    }

    private static Arguments said(Refusal.Kind kind, int status, String type, String body) {
        return Arguments.of(kind, status, type, body);
    }
}
