package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An administrator sets a realm up, twice, and removes it all again. */
@Journey
@TestInstance(Lifecycle.PER_METHOD)
final class SetupIT {

    private final MfaRealm realm;

    SetupIT(KeycloakServer server) {
        this.realm = MfaRealm.stock(server);
    }

    @Test
    @DisplayName("Set-up tells what it changed, and the second time that nothing did")
    void setUpIsIdempotent() {
        Reply first = realm.setUp(Map.of("mfa.claim.ttl", "60"), Rules.FOR_ALL).expect(200);
        JsonNode after = realm.admin().get(realm.name());

        Reply second = realm.setUp(Map.of("mfa.claim.ttl", "60"), Rules.FOR_ALL).expect(200);

        assertThat(first.json().path("changed")).isNotEmpty();
        assertThat(second.json().path("changed").isArray()).isTrue();
        assertThat(second.json().path("changed")).isEmpty();
        assertThat(realm.admin().get(realm.name())).isEqualTo(after);
    }

    @Test
    @DisplayName("Removing it makes the realm stock again, and keeps the audit trail")
    void removingItMakesTheRealmStockAgain() {
        Member newcomer = realm.newcomer();
        realm.setUp(Map.of(), Rules.FOR_ALL).expect(200);
        realm.backend().password(newcomer.username(), Member.PASSWORD);

        Reply removed = realm.admin().delete(realm.name() + "/mfa/setup");

        assertThat(removed.status()).as(removed.body()).isIn(200, 204);
        assertThat(realm.backend()
                        .password(newcomer.username(), Member.PASSWORD)
                        .granted())
                .isTrue();
        assertThat(realm.password(new Browser(), realm.web().signIn(), newcomer))
                .isInstanceOf(Arrived.class);
        assertThat(realm.admin()
                        .get(realm.name() + "/authentication/required-actions")
                        .findValuesAsText("alias"))
                .doesNotContain("mfa-gate");
        assertThat(realm.audit().of(newcomer.id())).isNotEmpty();
    }

    @Test
    @DisplayName("What was removed can be set up again")
    void removedAndSetUpAgain() {
        Member newcomer = realm.newcomer();
        realm.setUp(Map.of(), Rules.FOR_ALL).expect(200);
        realm.admin().delete(realm.name() + "/mfa/setup");

        realm.setUp(Map.of(), Rules.FOR_ALL).expect(200);

        assertThat(realm.backend()
                        .password(newcomer.username(), Member.PASSWORD)
                        .error())
                .isEqualTo("mfa_required");
    }

    @ParameterizedTest
    @DisplayName("LOCK-16: nonsense is refused, says where it is wrong, and changes nothing")
    @ValueSource(
            strings = {
                "{",
                "[]",
                "{\"reason\":\"x\",\"settings\":{\"mfa.lockout.threshold\":\"0\"}}",
                "{\"reason\":\"x\",\"settings\":{\"mfa.lockout.threshold\":\"-1\"}}",
                "{\"reason\":\"x\",\"settings\":{\"mfa.lockout.threshold\":\"2147483648\"}}",
                "{\"reason\":\"x\",\"settings\":{\"mfa.lockout.threshold\":\"abc\"}}",
                "{\"reason\":\"x\",\"settings\":{\"mfa.lockout.threshold\":null}}",
                "{\"reason\":\"x\",\"settings\":{\"mfa.claim.ttl\":\"86400\"}}",
                "{\"reason\":\"x\",\"settings\":{\"mfa.unknown\":\"1\"}}",
                "{\"reason\":\"x\",\"policy\":{\"rules\":[{\"name\":\"no required\"}]}}",
                "{\"reason\":\"x\",\"policy\":{\"rules\":[{\"required\":true,\"scope\":{\"user\":\"nobody\"}}]}}",
                "{\"reason\":\"x\",\"policy\":{\"rules\":[{\"required\":true,\"surprise\":1}]}}",
                "{\"reason\":\"\"}",
                "{\"reason\":\"x\",\"surprise\":true}"
            })
    void nonsenseIsRefused(String body) {
        Reply reply = realm.setUp(body);

        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.header("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(reply.body()).doesNotContain("Exception", "io.sallyport", "org.keycloak");
        assertThat(reply.json().path("problems")).isNotEmpty();
        assertThat(realm.backend()
                        .password(realm.newcomer().username(), Member.PASSWORD)
                        .granted())
                .isTrue();
    }

    @Test
    @DisplayName("Where MFA is in force, a change needs a reason; to set up, or to repeat what is so, needs none")
    void aChangeNeedsAReason() {
        realm.setUp("").expect(200);
        realm.setUp("{}").expect(200);

        Reply unexplained = realm.setUp("{\"settings\":{\"mfa.claim.ttl\":\"60\"}}");

        assertThat(unexplained.status()).as(unexplained.body()).isEqualTo(400);
        assertThat(unexplained.body()).contains("$.reason");
        assertThat(realm.setUp("{\"reason\":\"shorter\",\"settings\":{\"mfa.claim.ttl\":\"60\"}}")
                        .expect(200)
                        .body())
                .contains("mfa.claim.ttl");
    }

    @Test
    @DisplayName("API-01: set-up needs an administrator")
    void setUpNeedsAnAdministrator() {
        Member member = realm.newcomer();
        String token = realm.backend()
                .password(member.username(), Member.PASSWORD)
                .tokens()
                .access();
        URI address = realm.address().resolve("/admin/realms/" + realm.name() + "/mfa/setup");

        Reply asUser = Http.sendJson("POST", address, "{}", Map.of("Authorization", "Bearer " + token));
        Reply asNobody = Http.sendJson("POST", address, "{}", Map.of());

        assertThat(asUser.status()).isEqualTo(403);
        assertThat(asNobody.status()).isEqualTo(401);
    }
}
