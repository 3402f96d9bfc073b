package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Keycloak's own Shared Signals transmitter (feature ssf) tells receivers of changed factors: CAEP credential-change. */
@Journey
final class CaepIT {

    private static final String CREDENTIAL_CHANGE =
            "https://schemas.openid.net/secevent/caep/event-type/credential-change";

    // of its own: with this feature the realm has client scopes without a protocol, at which OID4VCI of Keycloak 26.7
    // breaks
    private final KeycloakServer server = SharedServer.start("journey-ssf", List.of("--features=ssf"));
    private final List<String> acknowledged = new ArrayList<>();

    @AfterAll
    void close() {
        server.close();
    }

    @Test
    @DisplayName("A receiver gets a signed SET when an authenticator app is enrolled, and another when it is removed")
    void aReceiverHearsOfFactors() throws Exception {
        MfaRealm realm = MfaRealm.strict(server);
        realm.change(Map.of("attributes", Map.of("ssf.transmitterEnabled", "true")));
        String client = realm.addClient(
                "receiver",
                Map.of(
                        "secret",
                        "receiver-secret",
                        "serviceAccountsEnabled",
                        true,
                        "attributes",
                        Map.of("ssf.enabled", "true", "ssf.defaultSubjects", "ALL")));
        for (JsonNode scope : realm.admin().get(realm.name() + "/client-scopes")) {
            if (scope.path("name").asText().startsWith("ssf.")) {
                realm.admin()
                        .put(
                                realm.name() + "/clients/" + client + "/optional-client-scopes/"
                                        + scope.path("id").asText(),
                                Map.of());
            }
        }
        JsonNode stream = call(
                        realm,
                        "POST",
                        realm.address() + "/ssf/transmitter/streams",
                        Map.of(
                                "delivery",
                                Map.of("method", "urn:ietf:rfc:8936"),
                                "events_requested",
                                List.of(CREDENTIAL_CHANGE)))
                .expect(201)
                .json();
        Member member = realm.newcomer();
        EnrollTotpPage enroll =
                realm.password(new Browser(), realm.web().signIn(), member).as(EnrollTotpPage.class);
        enroll.confirm(Phone.with(enroll.secret()).nextCode(), "");

        SignedJWT created = await(realm, stream, member);

        assertSigned(realm, created);
        assertSays(realm, member, created, "create", "update");

        String enrollment =
                realm.audit().of(member.id(), "auth.mfa_activated").get(0).detail("enrollment_id");
        realm.admin()
                .delete(realm.name() + "/mfa/users/" + member.id() + "/enrollments/" + enrollment + "?reason=x")
                .expect(200);

        SignedJWT removed = await(realm, stream, member);

        assertSigned(realm, removed);
        assertSays(realm, member, removed, "delete");
    }

    private static void assertSigned(MfaRealm realm, SignedJWT set) throws Exception {
        JWKSet keys = JWKSet.load(
                URI.create(realm.address() + "/protocol/openid-connect/certs").toURL());
        assertThat(set.getHeader().getType()).hasToString("secevent+jwt");
        assertThat(set.verify(new RSASSAVerifier(
                        keys.getKeyByKeyId(set.getHeader().getKeyID()).toRSAKey())))
                .isTrue();
    }

    private static void assertSays(MfaRealm realm, Member member, SignedJWT set, String... changes) {
        JsonNode json = Json.read(set.getPayload().toString());
        JsonNode event = json.path("events").path(CREDENTIAL_CHANGE);
        assertThat(json.path("iss").asText()).isEqualTo(realm.address().toString());
        assertThat(json.path("sub_id").toString()).contains(member.id());
        assertThat(event.path("credential_type").asText()).isEqualTo("app");
        assertThat(event.path("change_type").asText()).isIn((Object[]) changes);
    }

    /** As RFC 8936 has it: asks for what there is, and says what it got. */
    private SignedJWT await(MfaRealm realm, JsonNode stream, Member member) throws Exception {
        String poll = stream.path("delivery").path("endpoint_url").asText();
        for (Instant end = Instant.now().plusSeconds(120); Instant.now().isBefore(end); ) {
            JsonNode sets = call(realm, "POST", poll, Map.of("returnImmediately", true, "ack", acknowledged))
                    .expect(200)
                    .json()
                    .path("sets");
            Optional<SignedJWT> wanted = Optional.empty();
            for (Map.Entry<String, JsonNode> each : sets.properties()) {
                acknowledged.add(each.getKey());
                SignedJWT set = SignedJWT.parse(each.getValue().asText());
                if (set.getPayload().toString().contains(member.id())) {
                    wanted = Optional.of(set);
                }
            }
            if (wanted.isPresent()) {
                return wanted.get();
            }
        }
        throw new Unexpected("receiver", "silence", "a SET");
    }

    private static Reply call(MfaRealm realm, String method, String url, Map<String, Object> body) {
        String token = Http.postForm(
                        URI.create(realm.address() + "/protocol/openid-connect/token"),
                        Map.of(
                                "grant_type",
                                "client_credentials",
                                "client_id",
                                "receiver",
                                "client_secret",
                                "receiver-secret",
                                "scope",
                                "ssf.read ssf.manage"),
                        Map.of())
                .expect(200)
                .json()
                .path("access_token")
                .asText();
        return Http.sendJson(method, URI.create(url), Json.write(body), Map.of("Authorization", "Bearer " + token));
    }
}
