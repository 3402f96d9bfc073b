package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests for tokens as nobody honest makes them. */
@Journey
final class TokenTricksIT {

    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

    private final MfaRealm realm;

    TokenTricksIT(PostgresServer server) {
        this.realm = MfaRealm.strict(server.keycloak());
    }

    @ParameterizedTest
    @DisplayName("TOK-01: a field that is there twice makes no token")
    @ValueSource(
            strings = {
                "grant_type=client_credentials",
                "grant_type=refresh_token",
                "username=somebody",
                "totp=000000",
                "password=x",
                "scope=openid",
                "client_id=web"
            })
    void fieldsThatAreThereTwice(String again) {
        Member member = realm.enrolled();
        String form = "grant_type=password&scope=openid&client_id=backend&client_secret=" + MfaRealm.SECRET
                + "&username=" + member.username() + "&password=correct+horse&totp="
                + member.phone().nextCode();
        URI address = realm.backend().endpoint("token");

        for (String twice : List.of(form + "&" + again, again + "&" + form)) {
            TokenReply reply = new TokenReply(Http.postForm(address, twice, Map.of()));
            assertThat(reply.status()).as(reply.describe()).isIn(400, 401);
            assertThat(reply.granted()).isFalse();
        }
    }

    @ParameterizedTest
    @DisplayName("TOK-05: the name of a grant in another spelling opens nothing")
    @ValueSource(
            strings = {
                "PASSWORD",
                "Password",
                " password",
                "password ",
                "password\u0000",
                "pass\u0007word",
                "\r\npassword",
                "ｐassword",
                "password,client_credentials",
                "urn:ietf:params:oauth:grant-type:password",
                "implicit",
                ""
            })
    void grantsInOtherSpellings(String spelling) {
        Member member = realm.enrolled();

        TokenReply reply = realm.backend().password(member.username(), Member.PASSWORD, Map.of("grant_type", spelling));

        assertThat(reply.status()).as(reply.describe()).isIn(400, 403);
        assertThat(reply.error()).isIn("unsupported_grant_type", "invalid_request", "mfa_required");
        assertThat(reply.granted()).isFalse();
    }

    @ParameterizedTest
    @DisplayName("TOK-04: whatever type of token an exchange is to make, without a proof it makes none")
    @ValueSource(
            strings = {
                "urn:ietf:params:oauth:token-type:access_token",
                "urn:ietf:params:oauth:token-type:refresh_token",
                "urn:ietf:params:oauth:token-type:id_token",
                "urn:ietf:params:oauth:token-type:jwt",
                "urn:ietf:params:oauth:token-type:saml2",
                "urn:ietf:params:oauth:token-type:saml1",
                "urn:ietf:params:oauth:token-type:mfa",
                ""
            })
    void typesOfTokens(String type) {
        Member member = realm.enrolled();
        String exception = Policies.of(realm).except(member);
        String before = realm.backend()
                .password(member.username(), Member.PASSWORD)
                .tokens()
                .access();
        Policies.of(realm).delete(exception, "?reason=over").expect(204);

        for (Map<String, String> more : List.<Map<String, String>>of(
                Map.of(),
                Map.of("audience", "backend"),
                Map.of("audience", "realm-management"),
                Map.of("scope", "openid mfa-claims profile"),
                Map.of("requested_issuer", "partner"),
                Map.of("requested_subject", member.username()))) {
            Map<String, String> form = new HashMap<>(more);
            form.put("grant_type", EXCHANGE);
            form.put("subject_token", before);
            form.put("subject_token_type", "urn:ietf:params:oauth:token-type:access_token");
            form.put("requested_token_type", type);
            TokenReply reply = realm.backend().grant(form);
            assertThat(reply.granted()).as("%s %s", more, reply.describe()).isFalse();
            assertThat(reply.status()).as("%s %s", more, reply.describe()).isIn(400, 403);
        }
    }

    @Test
    @DisplayName("POL-19: a person whose account an import linked to a client stays a person")
    void aPersonIsNoMachine() {
        realm.addClient("legacy", Map.of("secret", "legacy-secret", "serviceAccountsEnabled", true));
        OidcClient legacy = new OidcClient(realm.address(), "legacy", Optional.of("legacy-secret"), MfaRealm.CALLBACK);
        realm.addClient("robot", Map.of("secret", "robot-secret"));
        realm.admin()
                .post(
                        realm.name() + "/partialImport",
                        Map.of(
                                "ifResourceExists",
                                "FAIL",
                                "users",
                                List.of(Map.of(
                                        "username",
                                        "somebody",
                                        "enabled",
                                        true,
                                        "serviceAccountClientId",
                                        "robot",
                                        "credentials",
                                        List.of(Map.of("type", "password", "value", Member.PASSWORD))))));
        Member impersonator = realm.enrolled();
        Roles.of(realm).grant(impersonator.id(), "impersonation");
        String power = legacy.password(
                        impersonator.username(),
                        Member.PASSWORD,
                        impersonator.phone().nextCode())
                .tokens()
                .access();

        TokenReply password = legacy.password("somebody", Member.PASSWORD);
        TokenReply impersonated =
                legacy.grant(Map.of("grant_type", EXCHANGE, "subject_token", power, "requested_subject", "somebody"));

        assertThat(password.granted()).as(password.describe()).isFalse();
        assertThat(impersonated.status()).as(impersonated.describe()).isEqualTo(403);
        assertThat(impersonated.error()).isEqualTo("mfa_required");
        assertThat(legacy.clientCredentials().granted()).isTrue();
    }

    @Test
    @DisplayName("TOK-10: whoever impersonates a user has none of his proofs, and gives none in his name")
    void impersonation() {
        Member member = realm.enrolled();
        realm.signIn(new Browser(), member);
        Map<String, String> headers = new HashMap<>(realm.admin().authorization());
        headers.put("Accept", "application/json, text/html");
        Browser administrator = new Browser(headers);
        URI user = realm.address().resolve("/admin/realms/" + realm.name() + "/users/" + member.id() + "/");
        administrator.submit(user.resolve("impersonation"), Map.of());

        SignIn signIn = realm.web().signIn();
        ChallengePage asked = administrator.open(signIn.address()).as(ChallengePage.class);
        Page answered = asked.answer(member.phone().nextCode());

        if (answered instanceof Arrived arrived) {
            TokenReply reply = signIn.redeem(arrived);
            assertThat(reply.status()).as(reply.describe()).isEqualTo(403);
            assertThat(reply.error()).isEqualTo("mfa_required");
        }
        for (String type : List.of("token", "id_token", "id_token token", "code id_token", "code token")) {
            Page page = administrator.open(
                    realm.web().signIn(Map.of("response_type", type)).address());
            assertThat(page.describe()).doesNotContain("access_token=", "id_token=");
        }
    }
}
