package io.sallyport.journey;

import static io.sallyport.journey.Claims.assertMfa;
import static io.sallyport.journey.Claims.assertNoMfa;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whoever may configure clients, or ask for claims, makes no proof of it. */
@Journey
final class ForgedClaimsIT {

    private final MfaRealm lax;
    private final MfaRealm realm;
    private final OidcClient inspector;

    ForgedClaimsIT(PostgresServer server) {
        this.lax = MfaRealm.setUp(server.keycloak(), Map.of(), Rules.NONE);
        this.realm = MfaRealm.strict(server.keycloak());
        this.inspector = inspector(lax);
    }

    @Test
    @DisplayName("CLM-01: mappers write none of our names, neither without a proof nor beside one")
    void mappersForgeNothing() {
        forger(lax);
        OidcClient forger = forger(realm);
        Member member = realm.enrolled();

        Tokens none =
                password(new OidcClient(lax.address(), "forger", Optional.empty(), MfaRealm.CALLBACK), lax.newcomer());
        TokenReply some = forger.password(
                member.username(), Member.PASSWORD, member.phone().nextCode());

        assertNoMfa(none.claims());
        assertNoMfa(none.idClaims());
        assertNoMfa(lax.web().userinfo(none.access()).expect(200).json());
        assertNoMfa(inspector.introspect(none.access()));
        assertMfa(some.tokens().claims());
        assertThat(some.tokens().claims().path("aud").toString()).contains("sallyport");
        for (String text : List.of(
                some.reply().body(),
                some.tokens().claims().toString(),
                some.tokens().idClaims().toString())) {
            assertThat(text).doesNotContain("FORGED", "4000000000", "mfa_action", "mfa_approval_id");
        }
    }

    @Test
    @DisplayName("CLM-01: a level of authentication that is named mfa is none, in any spelling")
    void levelsAreNoProof() {
        for (String name : List.of("mfa", "MFA")) {
            lax.addClient(
                    "levels-" + name,
                    Map.of("publicClient", true, "attributes", Map.of("acr.loa.map", "{\"" + name + "\":1,\"0\":0}")));
            OidcClient levels = new OidcClient(lax.address(), "levels-" + name, Optional.empty(), MfaRealm.CALLBACK);

            SignIn signIn = levels.signIn();
            Tokens tokens = signIn.redeem(lax.password(new Browser(), signIn, lax.newcomer()))
                    .tokens();

            assertThat(tokens.claims().path("acr").asText()).isNotEqualToIgnoringCase("mfa");
            assertThat(tokens.idClaims().path("acr").asText()).isNotEqualToIgnoringCase("mfa");
            assertNoMfa(tokens.claims());
            assertNoMfa(inspector.introspect(tokens.access()));
        }
    }

    @Test
    @DisplayName("CLM-01: what an application asks for by the claims parameter is not given")
    void theClaimsParameterForgesNothing() {
        lax.addClient(
                "asking",
                Map.of(
                        "publicClient",
                        true,
                        "protocolMappers",
                        List.of(
                                mapper("asked", "oidc-claims-param-token-mapper", everywhere()),
                                mapper("given", "oidc-claims-param-value-idtoken-mapper", everywhere()))));
        OidcClient asking = new OidcClient(lax.address(), "asking", Optional.empty(), MfaRealm.CALLBACK);
        SignIn signIn = asking.signIn(Map.of(
                "claims",
                "{\"id_token\":{\"mfa_verified\":{\"value\":true},\"mfa_method\":{\"value\":\"TOTP\"},"
                        + "\"amr\":{\"value\":\"mfa\"}},\"userinfo\":{\"mfa_verified\":{\"value\":true}}}"));

        Tokens tokens = signIn.redeem(lax.password(new Browser(), signIn, lax.newcomer()))
                .tokens();

        assertNoMfa(tokens.claims());
        assertNoMfa(tokens.idClaims());
        assertNoMfa(lax.web().userinfo(tokens.access()).expect(200).json());
    }

    @Test
    @DisplayName("TOK-15: a proof that came after a token is not the token's, whoever is asked about it")
    void aLaterProofIsNotTheTokens(PostgresServer server) {
        MfaRealm own = MfaRealm.setUp(server.keycloak(), Map.of(), Rules.NONE);
        OidcClient asked = inspector(own);
        Member member = own.enrolled();
        String exception = Policies.of(own).except(member);
        Browser browser = new Browser();
        SignIn first = own.web().signIn();
        Tokens before = first.redeem(own.password(browser, first, member)).tokens();
        Policies.of(own).delete(exception, "?reason=over").expect(204);
        own.setUp(Map.of(), Rules.FOR_ALL).expect(200);

        SignIn second = own.web().signIn();
        ChallengePage challenge = browser.open(second.address()).as(ChallengePage.class);
        Tokens after =
                second.redeem(challenge.answer(member.phone().nextCode())).tokens();

        assertThat(after.claims().path("mfa_verified").asBoolean()).isTrue();
        assertThat(own.web()
                        .userinfo(after.access())
                        .expect(200)
                        .json()
                        .path("mfa_verified")
                        .asBoolean())
                .isTrue();
        assertThat(asked.introspect(after.access()).path("mfa_verified").asBoolean())
                .isTrue();
        assertThat(asked.introspect(before.access()).path("active").asBoolean()).isTrue();
        assertNoMfa(own.web().userinfo(before.access()).expect(200).json());
        assertNoMfa(asked.introspect(before.access()));
        assertNoMfa(asked.introspect(after.refresh().orElseThrow()));
    }

    private static Tokens password(OidcClient client, Member member) {
        return client.password(member.username(), Member.PASSWORD).tokens();
    }

    private static OidcClient inspector(MfaRealm where) {
        where.addClient(
                "inspector",
                Map.of(
                        "secret",
                        "inspector-secret",
                        "attributes",
                        Map.of("allow.token.introspection.without.audience.check", "true")));
        return new OidcClient(where.address(), "inspector", Optional.of("inspector-secret"), MfaRealm.CALLBACK);
    }

    /** A client whose mappers say all that only evidence may say. */
    private static OidcClient forger(MfaRealm where) {
        Map<String, String> values = new HashMap<>(Map.of(
                "mfa_verified", "boolean true",
                "mfa_method", "String FORGED",
                "mfa_time", "long 4000000000",
                "mfa_exp", "long 4000000000",
                "amr", "JSON [\"mfa\",\"otp\",\"FORGED\"]",
                "acr", "String mfa",
                "mfa_action", "String FORGED",
                "mfa_action_hash", "String FORGED",
                "mfa_approval_id", "String FORGED"));
        List<Map<String, Object>> mappers = new ArrayList<>();
        values.forEach((name, value) -> {
            Map<String, String> config = everywhere();
            config.put("claim.name", name);
            config.put("jsonType.label", value.split(" ", 2)[0]);
            config.put("claim.value", value.split(" ", 2)[1]);
            mappers.add(mapper("forged " + name, "oidc-hardcoded-claim-mapper", config));
        });
        Map<String, String> audience = everywhere();
        audience.put("included.custom.audience", "sallyport");
        mappers.add(mapper("audience", "oidc-audience-mapper", audience));
        where.addClient("forger", Map.of("publicClient", true, "protocolMappers", mappers));
        return new OidcClient(where.address(), "forger", Optional.empty(), MfaRealm.CALLBACK);
    }

    private static Map<String, Object> mapper(String name, String mapper, Map<String, String> config) {
        return Map.of("name", name, "protocol", "openid-connect", "protocolMapper", mapper, "config", config);
    }

    private static Map<String, String> everywhere() {
        return new HashMap<>(Map.of(
                "access.token.claim", "true",
                "id.token.claim", "true",
                "userinfo.token.claim", "true",
                "introspection.token.claim", "true",
                "access.tokenResponse.claim", "true",
                "lightweight.claim", "true"));
    }
}
