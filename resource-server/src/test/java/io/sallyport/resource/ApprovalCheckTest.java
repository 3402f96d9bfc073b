package io.sallyport.resource;

import static io.sallyport.resource.FakeRealm.ACTION;
import static io.sallyport.resource.FakeRealm.PAYMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which approvals let an action run, against an issuer on a socket. */
final class ApprovalCheckTest {

    private final Payer payer = new Payer();

    @AfterEach
    void close() {
        payer.close();
    }

    @Test
    @DisplayName("SU-02: an approval of exactly this is spent with the caller's own token, and once")
    void anApprovalIsSpentOnce() {
        String token = payer.realm.token("approval-1");

        Outcome first = payer.check(token);
        Outcome second = payer.check(token);

        assertThat(first).isInstanceOfSatisfying(Outcome.Approved.class, yes -> {
            assertThat(yes.approval().id()).isEqualTo("approval-1");
            assertThat(yes.approval().user()).isEqualTo("user-1");
            assertThat(yes.approval().details()).isEqualTo(PAYMENT);
        });
        Payer.assertRefused(second, Refusal.Kind.MFA_REQUIRED);
        assertThat(payer.realm.bearers).containsOnly("Bearer " + token);
        assertThat(payer.realm.asked.get(0))
                .isEqualTo(Map.of("action_type", ACTION, "action_details", PAYMENT, "approval_id", "approval-1"));
    }

    static Stream<Arguments> claimsThatAreNoApproval() {
        return Stream.of(
                Payer.claims("no MFA", claims -> claims.claim("mfa_verified", null)),
                Payer.claims("MFA as text", claims -> claims.claim("mfa_verified", "true")),
                Payer.claims("MFA as number", claims -> claims.claim("mfa_verified", 1)),
                Payer.claims("no end", claims -> claims.claim("mfa_exp", null)),
                Payer.claims("end as text", claims -> claims.claim("mfa_exp", "99999999999")),
                Payer.claims("end at infinity", claims -> claims.claim("mfa_exp", 1e300)),
                Payer.claims("end of all longs", claims -> claims.claim("mfa_exp", Long.MAX_VALUE)),
                Payer.claims("stale", claims -> claims.claim("mfa_exp", Payer.seconds(-31))),
                Payer.claims(
                        "SU-08: a sign-in, no approval",
                        claims -> claims.claim("mfa_approval_id", null)
                                .claim("mfa_action", null)
                                .claim("mfa_action_hash", null)),
                Payer.claims("no approval", claims -> claims.claim("mfa_approval_id", null)),
                Payer.claims("approval as list", claims -> claims.claim("mfa_approval_id", List.of("approval-1"))),
                Payer.claims("no action", claims -> claims.claim("mfa_action", null)),
                Payer.claims("no hash", claims -> claims.claim("mfa_action_hash", null)),
                Payer.claims("odd tenants", claims -> claims.claim("mfa_action_tenants", List.of(1))),
                Payer.claims("tenants as text", claims -> claims.claim("mfa_action_tenants", "t")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("claimsThatAreNoApproval")
    @DisplayName("SU-01: whatever else a token says, without a fresh approval it is MFA_REQUIRED")
    void claimsOfNoApproval(String name, Consumer<JWTClaimsSet.Builder> change) {
        Payer.assertRefused(payer.checkWith(change), Refusal.Kind.MFA_REQUIRED);
        assertThat(payer.realm.asked).isEmpty();
    }

    static Stream<Arguments> claimsOfAnotherApproval() {
        return Stream.of(
                Payer.claims("other action", claims -> claims.claim("mfa_action", "export_all_data")),
                Payer.claims("other approval", claims -> claims.claim("mfa_approval_id", "approval-2")),
                Payer.claims("other user", claims -> claims.subject("user-2")),
                Payer.claims("other session", claims -> claims.claim("sid", "session-2")),
                Payer.claims("other tenants", claims -> claims.claim("mfa_action_tenants", List.of("t"))),
                Payer.claims("other hash", claims -> claims.claim("mfa_action_hash", "x".repeat(43))),
                Payer.claims(
                        "hash with padding",
                        claims -> claims.claim("mfa_action_hash", claims.build().getClaim("mfa_action_hash") + "=")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("claimsOfAnotherApproval")
    @DisplayName("SU-02: an approval of something else is told to the server, and refused even if that says yes")
    void anotherApproval(String name, Consumer<JWTClaimsSet.Builder> change) {
        Payer.assertRefused(payer.checkWith(change), Refusal.Kind.MFA_REQUIRED);
        assertThat(payer.realm.asked).hasSize(1);
    }

    @Test
    @DisplayName("SU-02: other details than the approved ones")
    void otherDetails() {
        for (Map<String, Object> other : List.of(
                Payer.with("amount", 1250.51),
                Payer.with("amount", "1250.5"),
                Payer.with("payee", "Eve"),
                Payer.with("payee", "ada"),
                Payer.with("note", "x"),
                Map.<String, Object>of("amount", 1250.5, "currency", "EUR"),
                Map.<String, Object>of())) {
            Outcome outcome = payer.check.check(Payer.call(payer.realm.token("approval-1")), ACTION, () -> other);

            Payer.assertRefused(outcome, Refusal.Kind.MFA_REQUIRED);
        }
        assertThat(payer.realm.asked).hasSize(7);
    }

    @Test
    @DisplayName("SU-02: an approval for one client is none for another that is taken too")
    void anotherClient() {
        payer.check = ApprovalCheck.of(payer.realm.settings("clients", "web, mobile"));

        Payer.assertRefused(payer.checkWith(claims -> claims.claim("azp", "mobile")), Refusal.Kind.MFA_REQUIRED);
    }

    @Test
    @DisplayName("An approval under organizations counts with exactly these")
    void tenants() {
        String hash = new Transaction(
                        ACTION,
                        ExactDetails.of(PAYMENT),
                        "approval-1",
                        "web",
                        "session-1",
                        List.of("t1", "t2"),
                        "user-1")
                .hash();

        assertThat(payer.checkWith(claims ->
                        claims.claim("mfa_action_hash", hash).claim("mfa_action_tenants", List.of("t1", "t2"))))
                .isInstanceOf(Outcome.Approved.class);
    }

    @Test
    @DisplayName("What the application can't state is never approved")
    void unstatedDetails() {
        String token = payer.realm.token("approval-1");

        assertThatThrownBy(() -> payer.check.check(Payer.call(token), ACTION, () -> {
                    throw new IllegalStateException("no such payment");
                }))
                .hasMessage("no such payment");
        assertThatThrownBy(() -> payer.check.check(Payer.call(token), ACTION, () -> Payer.with("amount", Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(payer.realm.asked).isEmpty();
    }

    @Test
    @DisplayName("A proof that is older than the application takes")
    void maxAge() {
        payer.check = ApprovalCheck.of(payer.realm.settings("max-age", "60", "answer", "UNAUTHORIZED"));

        Outcome old = payer.checkWith(claims -> claims.claim("mfa_time", Payer.seconds(-100)));

        assertThat(old).isInstanceOfSatisfying(Outcome.Refused.class, no -> {
            assertThat(no.refusal().status()).isEqualTo(401);
            assertThat(no.refusal().headers())
                    .containsEntry(
                            "WWW-Authenticate",
                            "Bearer error=\"insufficient_user_authentication\", acr_values=\"mfa\", max_age=\"60\"");
        });
        assertThat(payer.check(payer.realm.token("approval-2"))).isInstanceOf(Outcome.Approved.class);
    }

    @Test
    @DisplayName("A refusal is problem+json with the numbers of the contract, and tells nothing of the reason")
    void theAnswer() {
        Call call = new Call("POST", "http://x", "", Map.of("X-Correlation-Id", List.of("abc-1")), List.of());

        assertThat(payer.check(call))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        no -> assertThat(no.refusal().body())
                                .isEqualTo(
                                        "{\"error\":\"UNAUTHENTICATED\",\"error_code\":38014,\"title\":"
                                                + "\"A valid access token is needed\",\"status\":401,\"correlation_id\":\"abc-1\"}"));
        assertThat(payer.checkWith(claims -> claims.claim("mfa_verified", null)))
                .isInstanceOfSatisfying(Outcome.Refused.class, no -> {
                    assertThat(no.refusal().status()).isEqualTo(403);
                    assertThat(no.refusal().body()).contains("\"MFA_REQUIRED\",\"error_code\":38005");
                    assertThat(no.refusal().headers()).containsEntry("Cache-Control", "no-store");
                });
    }
}
