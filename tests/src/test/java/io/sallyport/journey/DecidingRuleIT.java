package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A row names the rule that decided, and none that would have decided otherwise. */
@Journey
final class DecidingRuleIT {

    private final KeycloakServer server;

    DecidingRuleIT(KeycloakServer server) {
        this.server = server;
    }

    @Test
    @DisplayName("AUD-01, POL-05: the refusal of a refresh names no rule that counts for new sign-ins only")
    void aRefreshThatNoRuleDecided() {
        MfaRealm realm = MfaRealm.setUp(server, Map.of(), Rules.NONE);
        Member member = realm.newcomer();
        Tokens session =
                realm.backend().password(member.username(), Member.PASSWORD).tokens();
        NextSecond.await(); // a rule of the same second is as old as the session
        String rule = Policies.of(realm)
                .create(Map.of("required", true))
                .expect(201)
                .json()
                .path("id")
                .asText();
        lock(realm, member);

        TokenReply refused = realm.backend().refresh(session.refresh().orElseThrow());

        assertThat(refused.granted()).isFalse();
        assertThat(realm.audit().of(member.id(), "auth.mfa_token_refused"))
                .singleElement()
                .satisfies(row -> assertThat(row.reason()).isEqualTo("locked"))
                .satisfies(row -> assertThat(row.text("rule")).isEmpty())
                .satisfies(row -> assertThat(row.json().toString()).doesNotContain(rule));

        TokenReply again = realm.backend().password(member.username(), Member.PASSWORD);

        assertThat(again.granted()).isFalse();
        assertThat(realm.audit().of(member.id()))
                .last()
                .satisfies(row -> assertThat(row.text("rule")).isEqualTo(rule));
    }

    @Test
    @DisplayName("AUD-01: a wrong answer in a session by an identity provider names the rule that names the provider")
    void aSessionByAProvider() {
        Upstream upstream = Upstream.on(server);
        MfaRealm realm = MfaRealm.stock(server);
        upstream.vouchesFor(realm, "named");
        realm.setUp(
                        Map.of(),
                        Rules.document(Map.of(
                                "name",
                                "named",
                                "required",
                                true,
                                "when",
                                Map.of("identity_providers", List.of("named")))))
                .expect(200);
        SelfService calls = SelfService.of(realm);
        Member here = upstream.realm().enrolled();
        Member guest = upstream.guest(realm, "named", here, List.of(MfaRealm.stockTotp(here.secret())));
        SignIn signIn = calls.client().signIn(Map.of("kc_idp_hint", "named", "scope", "openid mfa"));
        ChallengePage asked = upstream.come(new Browser(), signIn, here).as(ChallengePage.class);
        Tokens session = signIn.redeem(asked.answer(guest.phone().nextCode())).tokens();

        calls.verify(
                        session.access(),
                        Map.of("method", "TOTP", "code", guest.phone().wrongCode()))
                .expect(401);

        String rule =
                Policies.of(realm).document().path("rules").path(0).path("id").asText();
        assertThat(realm.audit().of(guest.id(), "auth.mfa_verified"))
                .singleElement()
                .satisfies(row -> assertThat(row.text("rule")).isEqualTo(rule));
        assertThat(realm.audit().of(guest.id(), "auth.mfa_failed"))
                .singleElement()
                .satisfies(row -> assertThat(row.text("rule")).isEqualTo(rule));
    }

    private void lock(MfaRealm realm, Member member) {
        server.database()
                .update(
                        "INSERT INTO MFA_THROTTLE (REALM_ID, USER_ID, FAILURES, LOCKED_UNTIL, EPOCH) VALUES (?, ?, 5, ?, 0)",
                        realm.admin().get(realm.name()).path("id").asText(),
                        member.id(),
                        Instant.now().plus(Duration.ofMinutes(15)).toEpochMilli());
    }
}
