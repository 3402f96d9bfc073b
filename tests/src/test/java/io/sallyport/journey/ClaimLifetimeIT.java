package io.sallyport.journey;

import static io.sallyport.journey.Claims.assertMfa;
import static io.sallyport.journey.Claims.assertNoMfa;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Claims of MFA grow old with the proof, not with the token. */
@Journey
final class ClaimLifetimeIT {

    private final MfaRealm realm;
    private final Database database;

    ClaimLifetimeIT(KeycloakServer server) {
        this.realm = MfaRealm.strict(server);
        this.database = server.database();
    }

    @Test
    @DisplayName("TOK-07: a refresh within the lifetime keeps the original time, one after it has no claims")
    void aRefreshNeverRenewsTheProof() {
        Member member = realm.enrolled();
        Tokens first = realm.signIn(new Browser(), member);
        agesTheProof(member, 60);

        Tokens early = refresh(first);
        agesTheProof(member, 300);
        Tokens late = refresh(early);

        assertMfa(early.claims());
        assertThat(time(early.claims())).isEqualTo(time(first.claims()) - 60);
        assertThat(early.claims().path("exp").asLong())
                .isLessThanOrEqualTo(early.claims().path("mfa_exp").asLong());
        assertNoMfa(late.claims());
        assertNoMfa(late.idClaims());
        assertNoMfa(realm.web().userinfo(late.access()).expect(200).json());
    }

    @Test
    @DisplayName("CLM-01: without time travel, two tokens of one sign-in have one time of proof")
    void theTimeOfProofIsKept() {
        Tokens first = realm.signIn(new Browser(), realm.enrolled());

        Tokens second = refresh(first);

        assertThat(second.claims().path("mfa_time")).isEqualTo(first.claims().path("mfa_time"));
        assertThat(second.claims().path("mfa_exp")).isEqualTo(first.claims().path("mfa_exp"));
    }

    @Test
    @DisplayName("CLM-01: the lifetime is a setting, and no token with claims outlives it")
    void theLifetimeIsASetting(KeycloakServer server) {
        MfaRealm quick = MfaRealm.setUp(server, Map.of("mfa.claim.ttl", "30"), Rules.FOR_ALL);

        JsonNode claims = quick.signIn(new Browser(), quick.enrolled()).claims();

        assertThat(claims.path("mfa_exp").asLong() - time(claims)).isEqualTo(30);
        assertThat(claims.path("exp").asLong())
                .isLessThanOrEqualTo(claims.path("mfa_exp").asLong());
    }

    @Test
    @DisplayName("POL-05: a rule newer than the session counts from the next sign-in, unless it says NEXT_REFRESH")
    void aNewRuleAndAnOldSession(KeycloakServer server) {
        MfaRealm lax = MfaRealm.setUp(server, Map.of(), Rules.NONE);
        Member member = lax.newcomer();
        SignIn signIn = lax.web().signIn();
        Tokens first =
                signIn.redeem(lax.password(new Browser(), signIn, member)).tokens();
        assertNoMfa(first.claims());
        NextSecond.await(); // a rule of the same second counts as the older of the two

        lax.setUp(Map.of(), Rules.FOR_ALL).expect(200);
        Tokens kept = lax.web().refresh(first.refresh().orElseThrow()).tokens();
        assertNoMfa(kept.claims());

        lax.setUp(Map.of(), Map.of("rules", List.of(Map.of("required", true, "takes_effect", "NEXT_REFRESH"))))
                .expect(200);
        TokenReply refused = lax.web().refresh(kept.refresh().orElseThrow());
        assertThat(refused.status()).as(refused.describe()).isEqualTo(403);
        assertThat(refused.error()).isEqualTo("mfa_required");
    }

    private Tokens refresh(Tokens tokens) {
        return realm.web().refresh(tokens.refresh().orElseThrow()).tokens();
    }

    private static long time(JsonNode claims) {
        return claims.path("mfa_time").asLong();
    }

    private void agesTheProof(Member member, int seconds) {
        int rows = database.update(
                "UPDATE MFA_EVIDENCE SET VERIFIED_AT = VERIFIED_AT - ? WHERE USER_ID = ?",
                seconds * 1000L,
                member.id());
        assertThat(rows).isEqualTo(1);
    }
}
