package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Nobody can get in any more: the way out that the README describes under "Locked out". */
@Journey
final class BreakGlassIT {

    private static final String SERVICE = "break-glass";
    private static final String SECRET = "only-for-this-journey";
    private static final String REASON = "the only administrator lost his phone";

    private final MfaRealm realm;

    BreakGlassIT(KeycloakServer server) {
        this.realm = MfaRealm.strict(server);
    }

    @Test
    @DisplayName("Break-glass: a service account from the command line takes the set-up back, on the record")
    void aServiceAccountTakesTheSetUpBack(KeycloakServer server) throws Exception {
        Member admin = administrator();
        lock(admin);
        assertThat(direct(admin).granted()).isFalse();

        server.bootstrapService(SharedServer.home("journeys-tools"), SERVICE, SECRET);
        String token = new OidcClient(server.realm("master"), SERVICE, Optional.of(SECRET), MfaRealm.CALLBACK)
                .clientCredentials()
                .tokens()
                .access();
        Reply removed = Http.delete(
                server.address()
                        .resolve("/admin/realms/" + realm.name() + "/mfa/setup?reason=" + REASON.replace(" ", "%20")),
                Map.of("Authorization", "Bearer " + token));

        assertThat(removed.status()).as(removed.body()).isEqualTo(200);
        assertThat(removed.json().path("changed")).isNotEmpty();
        JsonNode rows = realm.admin()
                .get(realm.name() + "/mfa/audit?type=auth.mfa_settings_changed")
                .path("rows");
        assertThat(rows.findValuesAsText("reason")).contains(REASON);
        assertThat(direct(admin).granted()).isTrue();
        assertThat(realm.backend()
                        .password(realm.newcomer().username(), Member.PASSWORD)
                        .granted())
                .isTrue();
    }

    private TokenReply direct(Member member) {
        return realm.backend()
                .password(member.username(), Member.PASSWORD, member.phone().nextCode());
    }

    private void lock(Member member) {
        for (int i = 0; i < 5; i++) {
            realm.backend()
                    .password(member.username(), Member.PASSWORD, member.phone().wrongCode());
        }
    }

    private Member administrator() {
        Member member = realm.enrolled();
        String management = realm.admin()
                .get(realm.name() + "/clients?clientId=realm-management")
                .path(0)
                .path("id")
                .asText();
        JsonNode role = realm.admin().get(realm.name() + "/clients/" + management + "/roles/realm-admin");
        realm.admin()
                .post(realm.name() + "/users/" + member.id() + "/role-mappings/clients/" + management, List.of(role));
        return member;
    }
}
