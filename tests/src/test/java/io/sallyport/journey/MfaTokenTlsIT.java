package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Clients that are known by the certificate of their connection, at a server that speaks TLS itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MfaTokenTlsIT {

    private static final Map<String, Object> UNREAD = Map.of("method", "TOTP", "code", "123456");

    private final int port = Ports.free();
    private final TlsKeys keys;
    private final KeycloakServer server;
    private final MfaRealm realm;

    MfaTokenTlsIT() throws IOException, InterruptedException {
        ServerHome home = SharedServer.home("journey-tls");
        this.keys = TlsKeys.in(home.directory().resolve("data/tls"), List.of("till", "thief"));
        this.server = SharedServer.start(home, ServerDatabase.embedded(home, true), keys.options(port));
        this.realm = MfaRealm.strict(server);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    @DisplayName("TOK-01: an mfa_token that was given over a certificate, and its tokens, are of use with it only")
    void boundToACertificate() throws Exception {
        realm.addClient(
                "till",
                Map.of(
                        "publicClient",
                        true,
                        "attributes",
                        Map.of("tls.client.certificate.bound.access.tokens", "true")));
        Member member = realm.enrolled();
        String token = offered(member, "till");

        assertUnknown(verify(token, UNREAD, Optional.empty()));
        assertUnknown(verify(token, UNREAD, Optional.of("thief")));
        JsonNode answer = accepted(verify(token, code(member), Optional.of("till")));

        assertThat(Jwt.claims(answer.path("access_token").asText())
                        .path("cnf")
                        .path("x5t#S256")
                        .asText())
                .isEqualTo(keys.thumbprint("till"));
        String refresh = answer.path("refresh_token").asText();
        assertThat(refreshed(refresh, "thief").body()).doesNotContain("access_token");
        assertThat(refreshed(refresh, "till").statusCode()).isEqualTo(200);
        assertThat(realm.audit().of(member.id(), "auth.mfa_token_refused"))
                .extracting(Audit.Row::reason)
                .contains("mfa_token_another_key");
    }

    @Test
    @DisplayName("TOK-01: a client that is known by its certificate shows it at verify again")
    void knownByACertificate() throws Exception {
        realm.addClient(
                "certified",
                Map.of(
                        "publicClient",
                        false,
                        "clientAuthenticatorType",
                        "client-x509",
                        "attributes",
                        Map.of("x509.subjectdn", "CN=till", "x509.allow.regex.pattern.comparison", "false")));
        Member member = realm.enrolled();
        String token = offered(member, "certified");

        assertUnknown(verify(token, UNREAD, Optional.empty()));
        assertUnknown(verify(token, UNREAD, Optional.of("thief")));
        JsonNode answer = accepted(verify(token, code(member), Optional.of("till")));

        assertThat(Jwt.claims(answer.path("access_token").asText()).path("azp").asText())
                .isEqualTo("certified");
        assertThat(realm.audit().of(member.id(), "auth.mfa_token_refused"))
                .extracting(Audit.Row::reason)
                .contains("mfa_token_client_unproven");
    }

    private String offered(Member member, String client) throws Exception {
        HttpResponse<String> refused = form(
                Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        client,
                        "scope",
                        "openid",
                        "username",
                        member.username(),
                        "password",
                        Member.PASSWORD),
                "till");
        assertThat(refused.body()).contains("mfa_required");
        return Json.read(refused.body()).path("mfa_token").asText();
    }

    private HttpResponse<String> refreshed(String refresh, String client) throws Exception {
        return form(Map.of("grant_type", "refresh_token", "client_id", "till", "refresh_token", refresh), client);
    }

    private static Map<String, Object> code(Member member) {
        return new LinkedHashMap<>(
                Map.of("method", "TOTP", "code", member.phone().nextCode()));
    }

    private static void assertUnknown(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
        assertThat(answer.body()).contains("UNAUTHENTICATED");
    }

    private static JsonNode accepted(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.read(answer.body());
    }

    private HttpResponse<String> verify(String token, Map<String, Object> body, Optional<String> client)
            throws Exception {
        return send(
                HttpRequest.newBuilder(address("/v1/auth/mfa/verify"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(Json.write(body))),
                client);
    }

    private HttpResponse<String> form(Map<String, String> fields, String client) throws Exception {
        return send(
                HttpRequest.newBuilder(address("/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(Form.encode(fields))),
                Optional.of(client));
    }

    private HttpResponse<String> send(HttpRequest.Builder request, Optional<String> client)
            throws GeneralSecurityException, IOException, InterruptedException {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(keys.context(client))
                .build()
                .send(request.build(), BodyHandlers.ofString());
    }

    private URI address(String path) {
        return URI.create("https://localhost:" + port + "/realms/" + realm.name() + path);
    }
}
