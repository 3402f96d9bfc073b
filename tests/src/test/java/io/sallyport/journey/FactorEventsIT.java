package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keycloak's own listeners, its Shared Signals transmitter among them, know of each factor that comes or goes. */
@Journey
final class FactorEventsIT {

    /** Keycloak's own type of recovery codes. */
    private static final String CODES = "recovery-authn-codes";

    private final String origin;
    private final MfaRealm realm;
    private final SelfService calls;

    FactorEventsIT(KeycloakServer server) {
        this.origin = "http://localhost:" + server.address().getPort();
        this.realm = MfaRealm.setUp(
                server,
                Map.of("mfa.methods", "TOTP, WEBAUTHN", "mfa.webauthn.origins", origin, "mfa.claim.ttl", "3600"),
                Rules.NONE);
        this.calls = SelfService.of(realm);
    }

    @ParameterizedTest(name = "{0}, removed by {2}")
    @DisplayName("One UPDATE_CREDENTIAL for each factor that comes, one REMOVE_CREDENTIAL for each that goes")
    @CsvSource({
        "TOTP, otp, APPLICATION",
        "TOTP, otp, ACCOUNT",
        "TOTP, otp, HELP_DESK",
        "WEBAUTHN, webauthn, APPLICATION",
        "WEBAUTHN, webauthn, ACCOUNT",
        "WEBAUTHN, webauthn, HELP_DESK",
    })
    void aFactorComesAndGoes(String method, String type, Way way) {
        Member member = realm.newcomer();
        String token = calls.client()
                .password(member.username(), Member.PASSWORD, Map.of("scope", "openid mfa"))
                .tokens()
                .access();
        JsonNode begun = calls.call(token, "auth/mfa/enroll", Map.of("method", method))
                .expect(200)
                .json();
        assertThat(credentials(realm, member, "UPDATE_CREDENTIAL"))
                .as("it is none yet")
                .isEmpty();

        String proven = prove(token, method, begun);

        assertThat(credentials(realm, member, "UPDATE_CREDENTIAL")).containsExactlyInAnyOrder(type, CODES);
        assertThat(credentials(realm, member, "REMOVE_CREDENTIAL")).isEmpty();

        remove(way, member, proven, begun.path("enrollment_id").asText());

        assertThat(credentials(realm, member, "UPDATE_CREDENTIAL")).containsExactlyInAnyOrder(type, CODES);
        assertThat(credentials(realm, member, "REMOVE_CREDENTIAL")).containsExactly(type);
    }

    @Test
    @DisplayName("Recovery codes are told as Keycloak's own: each new set, and when none is left of one")
    void codesComeAndGo() {
        Member member = realm.newcomer();
        String token = calls.client()
                .password(member.username(), Member.PASSWORD, Map.of("scope", "openid mfa"))
                .tokens()
                .access();
        JsonNode begun = calls.call(token, "auth/mfa/enroll", Map.of("method", "TOTP"))
                .expect(200)
                .json();
        assertThat(codes(member)).as("they count for nothing yet").isEqualTo("0 0");
        String proven = prove(token, "TOTP", begun);
        assertThat(codes(member)).isEqualTo("1 0");

        String code = renew(proven);
        assertThat(codes(member)).isEqualTo("2 0");
        spend(proven, code);
        assertThat(codes(member)).as("nine are left").isEqualTo("2 0");

        // the one that was used is the only one that is left
        realm.server().database().update("UPDATE MFA_RECOVERY_CODE SET USED = NOT USED WHERE USER_ID = ?", member.id());
        spend(proven, code);
        assertThat(codes(member)).isEqualTo("2 1");

        renew(proven);
        String reset = realm.name() + "/mfa/users/" + member.id() + "/recovery-codes";
        realm.admin().send("POST", reset, HelpDesk.WHY).expect(200);
        assertThat(codes(member)).isEqualTo("3 2");
        realm.admin().send("POST", reset, HelpDesk.WHY).expect(200);
        assertThat(codes(member)).as("there were none any more").isEqualTo("3 2");
    }

    private String renew(String token) {
        return calls.send("POST", token, "auth/mfa/recovery-codes", "")
                .expect(200)
                .json()
                .path("recovery_codes")
                .path(0)
                .asText();
    }

    private void spend(String token, String code) {
        calls.verify(token, Map.of("method", "RECOVERY_CODE", "code", code)).expect(200);
    }

    /** How often a set came, and how often one went. */
    private String codes(Member member) {
        return count(member, "UPDATE_CREDENTIAL") + " " + count(member, "REMOVE_CREDENTIAL");
    }

    private long count(Member member, String event) {
        return credentials(realm, member, event).stream().filter(CODES::equals).count();
    }

    enum Way {
        APPLICATION,
        ACCOUNT,
        HELP_DESK
    }

    private void remove(Way way, Member member, String token, String id) {
        switch (way) {
            case APPLICATION ->
                calls.send("DELETE", token, "auth/mfa/enrollments/" + id, "").expect(204);
            case ACCOUNT -> new AccountApi(realm.address(), token).remove(id).expect(204);
            case HELP_DESK ->
                realm.admin()
                        .delete(realm.name() + "/mfa/users/" + member.id() + "/enrollments/" + id + "?reason=lost")
                        .expect(200);
        }
    }

    private String prove(String token, String method, JsonNode begun) {
        JsonNode asked = begun.path("secret_or_challenge");
        Map<String, Object> answer = new HashMap<>();
        answer.put("method", method);
        answer.put("enrollment_id", begun.path("enrollment_id").asText());
        if (method.equals("TOTP")) {
            answer.put("code", Phone.with(asked.path("secret").asText()).nextCode());
        } else {
            answer.put("credential", Json.read(SecurityKey.at(origin).create(asked)));
        }
        return calls.verify(token, answer)
                .expect(200)
                .json()
                .path("access_token")
                .asText();
    }

    /** The types of the credentials that Keycloak's events of this kind name, each with a credential's id; codes have none. */
    static List<String> credentials(MfaRealm realm, Member member, String event) {
        List<String> types = new ArrayList<>();
        for (JsonNode one : realm.admin().get(realm.name() + "/events?type=" + event + "&user=" + member.id())) {
            JsonNode details = one.path("details");
            String type = details.path("credential_type").asText();
            assertThat(details.has("credential_id") || details.has("selected_credential_id"))
                    .isEqualTo(!type.equals(CODES));
            types.add(type);
        }
        return types;
    }
}
