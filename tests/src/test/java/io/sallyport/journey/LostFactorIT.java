package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A factor that is gone does not make the password enough again. */
@Journey
final class LostFactorIT {

    private final MfaRealm realm;

    LostFactorIT(KeycloakServer server) {
        this.realm = MfaRealm.strict(server);
    }

    @Test
    @DisplayName("LIFE-03: whoever had a factor once does not enroll a new one with the password alone")
    void aRemovedFactorOpensNoEnrollment() {
        Member member = realm.enrolled();
        realm.signIn(new Browser(), member);
        removeFactors(member);

        ErrorPage page =
                realm.password(new Browser(), realm.web().signIn(), member).as(ErrorPage.class);

        assertThat(page.describe()).contains("403");
        assertThat(realm.backend().password(member.username(), Member.PASSWORD).error())
                .isEqualTo("mfa_required");
    }

    @Test
    @DisplayName("A session whose factor was removed gets no more tokens, also after the policy was saved again")
    void aSessionEndsWithItsFactor() {
        Member member = realm.enrolled();
        Tokens tokens = realm.signIn(new Browser(), member);
        removeFactors(member);
        realm.setUp(Map.of(), Rules.FOR_ALL).expect(200);

        TokenReply refused = realm.web().refresh(tokens.refresh().orElseThrow());

        assertThat(refused.status()).as(refused.describe()).isEqualTo(403);
        assertThat(refused.error()).isEqualTo("mfa_required");
    }

    private void removeFactors(Member member) {
        String credentials = realm.name() + "/users/" + member.id() + "/credentials";
        for (JsonNode credential : realm.admin().get(credentials)) {
            if (credential.path("type").asText().equals("otp")) {
                realm.admin()
                        .delete(credentials + "/" + credential.path("id").asText())
                        .expect(204);
            }
        }
    }
}
