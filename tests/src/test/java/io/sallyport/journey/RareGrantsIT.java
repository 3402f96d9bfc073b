package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** TOK-05: grants that make a session of their own: each works while nothing is required, and is refused from then on. */
@Journey
@TestInstance(Lifecycle.PER_METHOD)
final class RareGrantsIT {

    private static final String CREDENTIAL = "oid4vc_natural_person_sd";

    private final PostgresServer server;
    private final MfaRealm realm;
    private final Member member;

    RareGrantsIT(PostgresServer server) {
        this.server = server;
        this.realm = MfaRealm.setUp(server.keycloak(), Map.of(), Rules.NONE);
        this.member = realm.newcomer();
    }

    @Test
    @DisplayName("TOK-05: a server has the ten known grants; the eleventh needs a journey of its own first")
    void theGrantsAreTheKnownOnes() {
        assertThat(realm.admin()
                        .serverInfo()
                        .path("providers")
                        .path("oauth2-grant-type")
                        .path("providers")
                        .fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "authorization_code",
                        "client_credentials",
                        "password",
                        "refresh_token",
                        "urn:ietf:params:oauth:grant-type:device_code",
                        "urn:ietf:params:oauth:grant-type:jwt-bearer",
                        "urn:ietf:params:oauth:grant-type:pre-authorized_code",
                        "urn:ietf:params:oauth:grant-type:token-exchange",
                        "urn:ietf:params:oauth:grant-type:uma-ticket",
                        "urn:openid:params:grant-type:ciba");
    }

    @Test
    @DisplayName("jwt-bearer: another issuer's word is no second factor")
    void jwtBearer() {
        Issuer issuer = Issuer.trustedBy(realm);
        issuer.knows(member);

        assertRefusedOnceRequired(() -> issuer.client()
                .grant(Map.of(
                        "grant_type",
                        "urn:ietf:params:oauth:grant-type:jwt-bearer",
                        "assertion",
                        issuer.assertionFor(member))));
    }

    @Test
    @DisplayName("ciba: a consent on another device is no second factor")
    void ciba() {
        realm.addClient(
                "ciba", Map.of("secret", "ciba-secret", "attributes", Map.of("oidc.ciba.grant.enabled", "true")));
        OidcClient client = new OidcClient(realm.address(), "ciba", Optional.of("ciba-secret"), MfaRealm.CALLBACK);

        assertRefusedOnceRequired(() -> {
            Reply begun =
                    client.post("ext/ciba/auth", Map.of("scope", "openid", "login_hint", member.username()), Map.of());
            String request = begun.expect(200).json().path("auth_req_id").asText();
            consentOnTheDevice();
            return client.grant(Map.of("grant_type", "urn:openid:params:grant-type:ciba", "auth_req_id", request));
        });
    }

    @Test
    @DisplayName("pre-authorized_code: an offer of a credential is no second factor")
    void preAuthorizedCode() {
        realm.change(Map.of("verifiableCredentialsEnabled", true));
        String id = realm.addClient(
                "wallet", Map.of("publicClient", true, "attributes", Map.of("oid4vci.enabled", "true")));
        OidcClient wallet = new OidcClient(realm.address(), "wallet", Optional.empty(), MfaRealm.CALLBACK);
        realm.admin().put(realm.name() + "/clients/" + id + "/optional-client-scopes/" + scope(), Map.of());
        realm.admin()
                .post(
                        realm.name() + "/users/" + member.id() + "/vc/credentials",
                        Map.of("credentialScopeName", CREDENTIAL));
        String session =
                wallet.password(member.username(), Member.PASSWORD).tokens().access();
        List<String> offers = List.of(offer(session), offer(session));
        Iterator<String> next = offers.iterator();

        assertRefusedOnceRequired(() -> wallet.grant(Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:pre-authorized_code",
                "pre-authorized_code",
                next.next())));
    }

    private void assertRefusedOnceRequired(Supplier<TokenReply> grant) {
        TokenReply lax = grant.get();
        assertThat(lax.granted()).as(lax.describe()).isTrue();

        realm.setUp(Map.of(), Rules.FOR_ALL).expect(200);
        TokenReply strict = grant.get();

        assertThat(strict.granted()).as(strict.describe()).isFalse();
        assertThat(strict.status()).as(strict.describe()).isEqualTo(403);
        assertThat(strict.error()).isEqualTo("mfa_required");
        assertThat(realm.audit().of(member.id(), "auth.mfa_token_refused")).hasSize(1);
        assertThat(realm.admin().get(realm.name() + "/users/" + member.id() + "/sessions"))
                .hasSizeLessThanOrEqualTo(1);
    }

    private void consentOnTheDevice() {
        try {
            Http.sendJson(
                            "POST",
                            URI.create(realm.address() + "/protocol/openid-connect/ext/ciba/auth/callback"),
                            "{\"status\":\"SUCCEED\"}",
                            Map.of("Authorization", server.nextRequestToTheDevice()))
                    .expect(200);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String scope() {
        for (JsonNode scope : realm.admin().get(realm.name() + "/client-scopes")) {
            if (scope.path("name").asText().equals(CREDENTIAL)) {
                return scope.path("id").asText();
            }
        }
        throw new Unexpected("client scopes", "no " + CREDENTIAL, "one");
    }

    /** The pre-authorized code of a fresh offer. */
    private String offer(String accessToken) {
        String base = realm.address() + "/protocol/oid4vc/";
        Reply created = Http.get(
                URI.create(
                        base + "create-credential-offer?pre_authorized=true&credential_configuration_id=" + CREDENTIAL),
                Map.of("Authorization", "Bearer " + accessToken));
        String nonce = created.expect(200).json().path("nonce").asText();
        Reply offer = Http.get(URI.create(base + "credential-offer/" + nonce), Map.of());
        return offer.expect(200)
                .json()
                .path("grants")
                .path("urn:ietf:params:oauth:grant-type:pre-authorized_code")
                .path("pre-authorized_code")
                .asText();
    }
}
