package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A server that runs in production, and that nobody has told its own name. */
final class ProductionIT {

    private static final String ORIGIN = "https://login.example.org";

    @Test
    @DisplayName("WA-02: without a configured origin there are no keys, as the log says once; with one there are")
    void withoutAnOriginThereAreNoKeys() {
        try (KeycloakServer server = SharedServer.start(
                "journey-production",
                List.of(ServerPlan.PRODUCTION, "--http-enabled=true", "--hostname-strict=false"))) {
            MfaRealm realm = MfaRealm.setUp(server, Map.of("mfa.methods", "WEBAUTHN,TOTP"), Rules.FOR_ALL);
            Member member = realm.member(List.of(
                    SecurityKey.at("http://localhost:" + server.address().getPort())
                            .asStored("webauthn", 0)));

            for (int i = 0; i < 2; i++) {
                assertThat(realm.password(new Browser(), realm.web().signIn(), realm.newcomer()))
                        .isInstanceOf(EnrollTotpPage.class);
            }
            assertThat(realm.password(new Browser(), realm.web().signIn(), member))
                    .isNotInstanceOf(KeyPage.class)
                    .isNotInstanceOf(Arrived.class);
            assertThat(server.log().lines())
                    .filteredOn(line -> line.contains("Realm " + realm.name() + " has no origin for passkeys"))
                    .hasSize(1);

            SettingsApi.of(realm)
                    .change(Map.of("mfa.methods", "WEBAUTHN", "mfa.webauthn.origins", ORIGIN))
                    .expect(200);

            KeyPage enroll = realm.password(new Browser(), realm.web().signIn(), realm.newcomer())
                    .as(KeyPage.class);
            assertThat(enroll.options().path("rp").path("id").asText()).isEqualTo("login.example.org");
            KeyPage refused = enroll.answer(
                            SecurityKey.at("http://localhost:"
                                            + server.address().getPort())
                                    .create(enroll.options()),
                            "key")
                    .as(KeyPage.class);
            assertThat(refused.answer(SecurityKey.at(ORIGIN).create(refused.options()), "key"))
                    .isInstanceOf(RecoveryCodesPage.class);
        }
    }
}
