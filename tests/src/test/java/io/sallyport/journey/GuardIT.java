package io.sallyport.journey;

import static io.sallyport.journey.Claims.assertMfa;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A direct grant flow in which nobody thought of MFA: the guard stands before every token. */
@Journey
final class GuardIT {

    private final MfaRealm realm;

    GuardIT(KeycloakServer server) {
        this.realm = MfaRealm.strict(server);
        String flow = Flows.make(realm, "no-otp", "direct-grant-validate-username", "direct-grant-validate-password");
        Flows.override(realm, "shop", "direct_grant", flow);
    }

    @Test
    @DisplayName("TOK-01: a flow without any OTP step gives no token, and says why")
    void noTokenWithoutEvidence() {
        Member member = realm.enrolled();

        TokenReply reply = realm.shop().password(member.username(), Member.PASSWORD);

        assertRefused(reply);
        assertThat(realm.audit().of(member.id(), "auth.mfa_token_refused")).hasSize(1);
    }

    @Test
    @DisplayName("TOK-01: the refused sign-in leaves no session behind")
    void noOrphanSession() {
        Member member = realm.enrolled();

        realm.shop().password(member.username(), Member.PASSWORD);

        assertThat(realm.admin().get(realm.name() + "/users/" + member.id() + "/sessions"))
                .isEmpty();
    }

    @Test
    @DisplayName("TOK-01: a code that no step of the flow looked at is no evidence")
    void anUncheckedCodeIsNoEvidence() {
        Member member = realm.enrolled();

        for (String code : List.of(member.phone().wrongCode(), "")) {
            assertRefused(realm.shop().password(member.username(), Member.PASSWORD, code));
        }
    }

    @Test
    @DisplayName("POL-08: who has no factor gets no token either")
    void whoHasNoFactorGetsNoToken() {
        Member member = realm.newcomer();

        assertRefused(realm.shop().password(member.username(), Member.PASSWORD));
        assertRefused(realm.backend().password(member.username(), Member.PASSWORD));
    }

    @Test
    @DisplayName("TOK-01: password alone, wrong code and replayed code at the stock flow")
    void theStockFlow() {
        Member member = realm.enrolled();
        OidcClient backend = realm.backend();
        String code = member.phone().newestCode();

        assertRefused(backend.password(member.username(), Member.PASSWORD));
        assertInvalid(backend.password(
                member.username(), Member.PASSWORD, member.phone().wrongCode()));
        assertMfa(backend.password(member.username(), Member.PASSWORD, code)
                .tokens()
                .claims());
        assertInvalid(backend.password(member.username(), Member.PASSWORD, code));
    }

    @Test
    @DisplayName("TOTP-17: malformed codes are refused, without a server error")
    void malformedCodesAreRefused() {
        for (String code : List.of("12345", "1234567", "abcdef", "+12345", "１２３４５６", "9".repeat(10_000))) {
            Member member = realm.enrolled();
            assertInvalid(realm.backend().password(member.username(), Member.PASSWORD, Map.of("totp", code)));
        }
    }

    private static void assertRefused(TokenReply reply) {
        assertThat(reply.granted()).as(reply.describe()).isFalse();
        assertThat(reply.status()).as(reply.describe()).isEqualTo(403);
        assertThat(reply.error()).isEqualTo("mfa_required");
        assertThat(reply.reply().json().path("error_description").asText()).isNotEmpty();
    }

    private static void assertInvalid(TokenReply reply) {
        assertThat(reply.granted()).as(reply.describe()).isFalse();
        assertThat(reply.status()).as(reply.describe()).isIn(400, 401);
        assertThat(reply.error()).isEqualTo("invalid_grant");
    }
}
