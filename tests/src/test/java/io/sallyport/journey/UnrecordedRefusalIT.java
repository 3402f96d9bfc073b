package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A refusal that nobody could find on the record is a failure of ours: it is still no token, and leads nowhere. */
final class UnrecordedRefusalIT {

    @Test
    @DisplayName(
            "AUD-02: a token that is refused without a row is 503 with no way on; with its row, it is refused as ever")
    void withoutARowNothingLeadsOn() {
        try (KeycloakServer server = SharedServer.start("journey-unrecorded", List.of())) {
            MfaRealm realm = MfaRealm.strict(server);
            Member enrolled = realm.enrolled();
            Member newcomer = realm.newcomer();
            Member signedIn = realm.enrolled();
            String refresh = realm.signIn(new Browser(), signedIn).refresh().orElseThrow();
            RefusalFlood.forgetProofs(realm, signedIn);
            List<Supplier<TokenReply>> requests = List.of(
                    () -> realm.backend().password(enrolled.username(), Member.PASSWORD),
                    () -> realm.backend().password(newcomer.username(), Member.PASSWORD),
                    () -> realm.web().refresh(refresh));

            server.database().update("ALTER TABLE MFA_AUDIT RENAME TO MFA_AUDIT_AWAY");
            assertThat(requests).allSatisfy(request -> assertAnswer(request.get(), 503, "mfa_unavailable"));
            assertThat(server.database().rows("SELECT ID FROM MFA_TOKEN WHERE REALM_ID = ?", realmId(realm)))
                    .as("ways on")
                    .isEmpty();

            server.database().update("ALTER TABLE MFA_AUDIT_AWAY RENAME TO MFA_AUDIT");
            assertThat(requests).allSatisfy(request -> assertAnswer(request.get(), 403, "mfa_required"));
            assertThat(List.of(enrolled, newcomer, signedIn))
                    .allSatisfy(member -> assertThat(realm.audit().of(member.id(), "auth.mfa_token_refused"))
                            .hasSize(1));
        }
    }

    private static void assertAnswer(TokenReply reply, int status, String error) {
        assertThat(reply.status()).as(reply.describe()).isEqualTo(status);
        assertThat(reply.error()).isEqualTo(error);
    }

    private static String realmId(MfaRealm realm) {
        return realm.admin().get(realm.name()).path("id").asText();
    }
}
