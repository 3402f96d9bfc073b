package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Spring Security's resource server takes the realm's tokens as they are; an action behind our library wants its approval. */
@Journey
final class SpringIT {

    private static final Map<String, Object> RUN = Map.of("amount", 1250.5, "currency", "EUR", "payee", "Café & Söhne");
    private static final String RELEASE = "runs/7/release";

    private final SelfService calls;
    private final Member member;
    private final SpringErp erp;

    SpringIT(KeycloakServer server) throws Exception {
        MfaRealm realm = MfaRealm.setUp(
                server, Map.of(), SelfService.policy(Rules.FOR_ALL, List.of(SelfService.PAYMENT, SelfService.EXPORT)));
        String client = realm.addClient(
                SpringErp.CLIENT,
                Map.of("publicClient", true, "protocolMappers", List.of(MfaRealm.audience(SpringErp.CLIENT))));
        SelfService.reachable(realm, client);
        this.calls = SelfService.in(realm);
        this.member = realm.enrolled();
        this.erp = SpringErp.start(realm.address());
    }

    @AfterAll
    void stop() throws Exception {
        erp.stop();
    }

    @Test
    @DisplayName("CLM-02: Spring's own resource server takes tokens of the realm with their claims, and no forged ones")
    void spring() {
        String token = calls.signIn(member).access();

        Reply me = Http.get(erp.address().resolve("me"), Map.of("Authorization", "Bearer " + token));
        Reply forged = Http.get(
                erp.address().resolve("me"),
                Map.of("Authorization", "Bearer " + token.substring(0, token.lastIndexOf('.') + 1) + "AAAA"));

        assertThat(me.expect(200).body()).isEqualTo(member.id() + " TOTP");
        assertThat(forged.status()).isEqualTo(401);
        assertThat(forged.header("WWW-Authenticate").orElse("")).contains("invalid_token");
    }

    @Test
    @DisplayName(
            "SU-01, SU-02, SU-08: 401 without a token, 403 MFA_REQUIRED without an approval of this run, 200 once with it")
    void aRequest() {
        Tokens session = calls.signIn(member);
        assertThat(post(RELEASE, "").status()).isEqualTo(401);
        Reply unapproved = post(RELEASE, session.access());
        assertThat(unapproved.status()).as("a sign-in seconds ago").isEqualTo(403);
        assertThat(unapproved.json().path("error").asText()).isEqualTo("MFA_REQUIRED");
        assertThat(unapproved.header("WWW-Authenticate").orElse(""))
                .contains("insufficient_user_authentication", "acr_values=\"mfa\"");
        JsonNode other = calls.approve(session, member, RUN);
        assertThat(post("runs/8/release", token(other)).status())
                .as("another run, which voids it")
                .isEqualTo(403);
        assertThat(post(RELEASE, token(other)).status()).isEqualTo(403);

        JsonNode approved = calls.approve(session, member, RUN);

        assertThat(post(RELEASE, token(approved)).expect(200).body())
                .isEqualTo("7 by " + approved.path("mfa").path("approval_id").asText());
        assertThat(post(RELEASE, token(approved)).status()).isEqualTo(403);
    }

    @Test
    @DisplayName("SU-01: a method with @RequiresMfa runs once for its approval")
    void aMethod() {
        Tokens session = calls.signIn(member);
        assertThat(post("export", session.access()).json().path("error_code").asInt())
                .isEqualTo(38005);
        String challenge = calls.challenge(session.access(), Map.of("action_type", "export_all_data"))
                .expect(200)
                .json()
                .path("challenge_id")
                .asText();

        String token = token(calls.verify(
                        session.access(),
                        Map.of("method", "TOTP", "code", member.phone().nextCode(), "challenge_id", challenge))
                .expect(200)
                .json());

        assertThat(post("export", token).expect(200).body()).isEqualTo("all data");
        assertThat(post("export", token).status()).isEqualTo(403);
    }

    private Reply post(String path, String token) {
        return Http.sendJson(
                "POST",
                erp.address().resolve(path),
                "",
                token.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + token));
    }

    private static String token(JsonNode verified) {
        return verified.path("access_token").asText();
    }
}
