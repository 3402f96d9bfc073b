package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Clients that prove keys of their own: an mfa_token is as bound to them as the tokens that it leads to. */
@Journey
final class MfaTokenKeysIT {

    private static final String BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final Map<String, Object> UNREAD = Map.of("method", "TOTP", "code", "123456");

    private final MfaRealm realm;

    MfaTokenKeysIT(KeycloakServer server) {
        this.realm = MfaRealm.strict(server);
    }

    @Test
    @DisplayName("TOK-01: an mfa_token that was given for a DPoP proof wants one of the same key, once each")
    void boundToAKeyOfDpop() {
        OidcClient client = client("dpop", Map.of("attributes", Map.of("dpop.bound.access.tokens", "true")));
        Member member = realm.enrolled();
        DpopKey key = DpopKey.fresh();
        assertThat(password(client, member, Map.of()).error()).isEqualTo("invalid_request");
        String token = offered(password(client, member, key.proof(client.endpoint("token"))));

        assertUnknown(send(token, UNREAD, Map.of()));
        assertUnknown(send(token, UNREAD, DpopKey.fresh().proof(verify())));
        assertUnknown(send(token, UNREAD, key.proof(client.endpoint("token"))));
        assertUnknown(send(token, UNREAD, Map.of("DPoP", "x.y.z")));
        Map<String, String> used = key.proof(verify());
        assertThat(send(token, wrong(member), used).json().path("error").asText())
                .isEqualTo("INVALID_OTP");
        assertUnknown(send(token, UNREAD, used));

        JsonNode answer =
                send(token, code(member), key.proof(verify())).expect(200).json();

        assertThat(answer.path("token_type").asText()).isEqualTo("DPoP");
        Tokens tokens = Tokens.from(answer);
        assertThat(tokens.claims().path("cnf").path("jkt").asText()).isEqualTo(key.thumbprint());
        assertThat(tokens.claims().path("mfa_verified").asBoolean()).isTrue();
        assertThat(client.userinfo(tokens.access()).status())
                .as("as a bearer token")
                .isEqualTo(401);
        assertThat(refresh(client, tokens, Map.of()).granted()).isFalse();
        assertThat(refresh(client, tokens, DpopKey.fresh().proof(client.endpoint("token")))
                        .granted())
                .isFalse();
        assertThat(refresh(client, tokens, key.proof(client.endpoint("token"))).granted())
                .isTrue();
        assertThat(realm.audit().of(member.id(), "auth.mfa_token_refused"))
                .extracting(Audit.Row::reason)
                .contains("mfa_token_another_key");
    }

    @Test
    @DisplayName("TOK-01: without a key at the password there is none later")
    void boundToNoKey() {
        Member member = realm.enrolled();
        String token = offered(password(realm.shop(), member, Map.of()));

        assertUnknown(send(token, UNREAD, DpopKey.fresh().proof(verify())));
        assertThat(send(token, code(member), Map.of())
                        .expect(200)
                        .json()
                        .path("token_type")
                        .asText())
                .isEqualTo("Bearer");
    }

    @Test
    @DisplayName("TOK-01: what a pass leads to from a session that is bound to a key is bound to it too")
    void aSessionBoundToAKey() {
        OidcClient client = client("dpop-mfa", Map.of("attributes", Map.of("dpop.bound.access.tokens", "true")));
        mayReachFactors(client);
        Member member = realm.enrolled();
        DpopKey key = DpopKey.fresh();
        String session = client.grant(
                        password(
                                member,
                                Map.of(
                                        "scope",
                                        "openid mfa",
                                        "totp",
                                        member.phone().nextCode())),
                        key.proof(client.endpoint("token")))
                .tokens()
                .access();
        Map<String, Object> pass = Map.of("method", "TEMPORARY_PASS", "code", new HelpDesk(realm).pass(member));
        String token = Http.sendJson("POST", verify(), Json.write(pass), key.with(session, verify()))
                .expect(200)
                .json()
                .path("mfa_token")
                .asText();
        Map<String, Object> wanted = Map.of("method", "TOTP", "label", "new phone");

        assertUnknown(send("enroll", token, wanted, Map.of()));
        assertUnknown(send("enroll", token, wanted, DpopKey.fresh().proof(address("enroll"))));
        JsonNode begun = send("enroll", token, wanted, key.proof(address("enroll")))
                .expect(200)
                .json();
        Phone phone =
                Phone.with(begun.path("secret_or_challenge").path("secret").asText());
        JsonNode answer = send(
                        token,
                        Map.of(
                                "method", "TOTP",
                                "code", phone.nextCode(),
                                "enrollment_id", begun.path("enrollment_id").asText()),
                        key.proof(verify()))
                .expect(200)
                .json();

        assertThat(answer.path("token_type").asText()).isEqualTo("DPoP");
        assertThat(Jwt.claims(answer.path("access_token").asText())
                        .path("cnf")
                        .path("jkt")
                        .asText())
                .isEqualTo(key.thumbprint());
    }

    @Test
    @DisplayName("TOK-01: a client that signs assertions signs one for each call, and none counts twice")
    void aClientThatSigns() {
        SigningKey key = SigningKey.fresh();
        Map<String, String> jwk = new LinkedHashMap<>(key.jwk());
        jwk.putAll(Map.of("kid", "till", "use", "sig", "alg", "RS256"));
        OidcClient client = client(
                "signing",
                Map.of(
                        "publicClient",
                        false,
                        "clientAuthenticatorType",
                        "client-jwt",
                        "attributes",
                        Map.of("use.jwks.string", "true", "jwks.string", Json.write(Map.of("keys", List.of(jwk))))));
        Member member = realm.enrolled();
        Map<String, String> form = password(member, Map.of());
        String first = assertion(key, client);
        form.putAll(Map.of("client_assertion_type", BEARER, "client_assertion", first));
        String token = offered(client.grant(form));

        assertUnknown(send(token, UNREAD, Map.of()));
        assertUnknown(send(token, signed(UNREAD, first), Map.of()));
        assertUnknown(send(token, signed(UNREAD, assertion(SigningKey.fresh(), client)), Map.of()));
        assertUnknown(send(token, signed(UNREAD, assertion(key, realm.shop())), Map.of()));
        String second = assertion(key, client);
        JsonNode answer =
                send(token, signed(code(member), second), Map.of()).expect(200).json();

        assertThat(Jwt.claims(answer.path("access_token").asText()).path("azp").asText())
                .isEqualTo("signing");
        String again = offered(client.grant(withAssertion(member, assertion(key, client))));
        assertUnknown(send(again, signed(UNREAD, second), Map.of()));
        assertThat(realm.audit().of(member.id(), "auth.mfa_token_refused"))
                .extracting(Audit.Row::reason)
                .contains("mfa_token_client_unproven");
    }

    private OidcClient client(String id, Map<String, Object> more) {
        Map<String, Object> all = new LinkedHashMap<>(Map.of("publicClient", true));
        all.putAll(more);
        realm.addClient(id, all);
        return new OidcClient(realm.address(), id, Optional.empty(), MfaRealm.CALLBACK);
    }

    private void mayReachFactors(OidcClient client) {
        String id = realm.admin()
                .get(realm.name() + "/clients?clientId=" + client.id())
                .path(0)
                .path("id")
                .asText();
        for (JsonNode scope : realm.admin().get(realm.name() + "/client-scopes")) {
            if (scope.path("name").asText().equals("mfa")) {
                realm.admin()
                        .put(
                                realm.name() + "/clients/" + id + "/optional-client-scopes/"
                                        + scope.path("id").asText(),
                                Map.of());
            }
        }
    }

    private String assertion(SigningKey key, OidcClient client) {
        long now = Instant.now().getEpochSecond();
        return key.sign(
                Map.of("alg", "RS256", "kid", "till"),
                Map.of(
                        "iss", client.id(),
                        "sub", client.id(),
                        "aud", realm.address().toString(),
                        "jti", UUID.randomUUID().toString(),
                        "iat", now,
                        "exp", now + 60));
    }

    private static Map<String, String> withAssertion(Member member, String assertion) {
        return password(member, Map.of("client_assertion_type", BEARER, "client_assertion", assertion));
    }

    private static Map<String, Object> signed(Map<String, Object> body, String assertion) {
        Map<String, Object> signed = new LinkedHashMap<>(body);
        signed.put("client_assertion_type", BEARER);
        signed.put("client_assertion", assertion);
        return signed;
    }

    private static TokenReply password(OidcClient client, Member member, Map<String, String> headers) {
        return client.grant(password(member, Map.of()), headers);
    }

    private static Map<String, String> password(Member member, Map<String, String> more) {
        Map<String, String> form = new LinkedHashMap<>(Map.of(
                "grant_type",
                "password",
                "scope",
                "openid",
                "username",
                member.username(),
                "password",
                Member.PASSWORD));
        form.putAll(more);
        return form;
    }

    private static TokenReply refresh(OidcClient client, Tokens tokens, Map<String, String> headers) {
        return client.grant(
                Map.of(
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        tokens.refresh().orElseThrow()),
                headers);
    }

    private static String offered(TokenReply refused) {
        assertThat(refused.error()).as(refused.describe()).isEqualTo("mfa_required");
        return refused.reply().json().path("mfa_token").asText();
    }

    private static void assertUnknown(Reply reply) {
        assertThat(reply.json().path("error").asText()).as(reply.body()).isEqualTo("UNAUTHENTICATED");
    }

    private static Map<String, Object> code(Member member) {
        return Map.of("method", "TOTP", "code", member.phone().nextCode());
    }

    private static Map<String, Object> wrong(Member member) {
        return Map.of("method", "TOTP", "code", member.phone().wrongCode());
    }

    private Reply send(String token, Map<String, Object> body, Map<String, String> headers) {
        return send("verify", token, body, headers);
    }

    private Reply send(String call, String token, Map<String, Object> body, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Authorization", (headers.isEmpty() ? "Bearer " : "DPoP ") + token);
        return Http.sendJson("POST", address(call), Json.write(body), all);
    }

    private URI verify() {
        return address("verify");
    }

    private URI address(String call) {
        return URI.create(realm.address() + "/v1/auth/mfa/" + call);
    }
}
