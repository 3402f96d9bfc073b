package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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
    private final KeycloakServer server = SharedServer.start(
            "journey-ssf",
            List.of("--features=ssf", "--spi-ssf-transmitter--default--allow-insecure-push-targets=true"));

    private final List<String> acknowledged = new ArrayList<>();
    private final List<SignedJWT> polled = new ArrayList<>();

    @AfterAll
    void close() {
        server.close();
    }

    @Test
    @DisplayName("A receiver gets a signed SET when an authenticator app is enrolled, and another when it is removed")
    void aReceiverHearsOfFactors() throws Exception {
        MfaRealm realm = transmitting(Map.of());
        JsonNode stream = stream(realm, Map.of("method", "urn:ietf:rfc:8936"));
        Member member = enrolled(realm);

        SignedJWT created = await(realm, stream, member, "app");

        assertSigned(realm, created);
        assertSays(realm, member, created, "create", "update");
        SignedJWT codes = await(realm, stream, member, "recovery-authn-codes");
        assertSigned(realm, codes);
        assertSays(realm, member, codes, "create", "update");

        remove(realm, member);

        SignedJWT removed = await(realm, stream, member, "app");

        assertSigned(realm, removed);
        assertSays(realm, member, removed, "delete");
    }

    @Test
    @DisplayName("A receiver that asks for it is called with them (RFC 8935)")
    void aReceiverIsCalled() throws Exception {
        try (Receiver receiver = new Receiver()) {
            receiver.answers(call -> 202);
            String endpoint = receiver.address().resolve("/set").toString();
            MfaRealm realm = transmitting(Map.of("ssf.validPushUrls", endpoint));
            stream(
                    realm,
                    Map.of(
                            "method",
                            "urn:ietf:rfc:8935",
                            "endpoint_url",
                            endpoint,
                            "authorization_header",
                            "Bearer of-the-receiver"));
            Member member = enrolled(realm);

            Receiver.Call created = receiver.await(call -> isAbout(set(call.body()), member, "app"));

            // RFC 8935 §2: a SET is the body, by its media type
            assertThat(created.headers().get("content-type")).startsWith("application/secevent+jwt");
            assertThat(created.headers()).containsEntry("authorization", "Bearer of-the-receiver");
            assertSigned(realm, set(created.body()));
            assertSays(realm, member, set(created.body()), "create", "update");

            remove(realm, member);

            Receiver.Call removed = receiver.await(call -> isAbout(set(call.body()), member, "app")
                    && changeOf(set(call.body())).equals("delete"));
            assertSigned(realm, set(removed.body()));
        }
    }

    private MfaRealm transmitting(Map<String, String> more) {
        MfaRealm realm = MfaRealm.strict(server);
        realm.change(Map.of("attributes", Map.of("ssf.transmitterEnabled", "true")));
        Map<String, String> attributes = new HashMap<>(more);
        attributes.put("ssf.enabled", "true");
        attributes.put("ssf.defaultSubjects", "ALL");
        String client = realm.addClient(
                "receiver",
                Map.of("secret", "receiver-secret", "serviceAccountsEnabled", true, "attributes", attributes));
        for (JsonNode scope : realm.admin().get(realm.name() + "/client-scopes")) {
            if (scope.path("name").asText().startsWith("ssf.")) {
                realm.admin()
                        .put(
                                realm.name() + "/clients/" + client + "/optional-client-scopes/"
                                        + scope.path("id").asText(),
                                Map.of());
            }
        }
        return realm;
    }

    private static JsonNode stream(MfaRealm realm, Map<String, Object> delivery) {
        return call(
                        realm,
                        "POST",
                        realm.address() + "/ssf/transmitter/streams",
                        Map.of("delivery", delivery, "events_requested", List.of(CREDENTIAL_CHANGE)))
                .expect(201)
                .json();
    }

    private static Member enrolled(MfaRealm realm) {
        Member member = realm.newcomer();
        EnrollTotpPage enroll =
                realm.password(new Browser(), realm.web().signIn(), member).as(EnrollTotpPage.class);
        enroll.confirm(Phone.with(enroll.secret()).nextCode(), "");
        return member;
    }

    private static void remove(MfaRealm realm, Member member) {
        String enrollment =
                realm.audit().of(member.id(), "auth.mfa_activated").get(0).detail("enrollment_id");
        realm.admin()
                .delete(realm.name() + "/mfa/users/" + member.id() + "/enrollments/" + enrollment + "?reason=x")
                .expect(200);
    }

    private static SignedJWT set(String body) {
        try {
            return SignedJWT.parse(body);
        } catch (ParseException none) {
            throw new Unexpected("receiver", body, "a SET");
        }
    }

    private static boolean isAbout(SignedJWT set, Member member, String credentialType) {
        return set.getPayload().toString().contains(member.id())
                && event(set).path("credential_type").asText().equals(credentialType);
    }

    private static String changeOf(SignedJWT set) {
        return event(set).path("change_type").asText();
    }

    private static JsonNode event(SignedJWT set) {
        return Json.read(set.getPayload().toString()).path("events").path(CREDENTIAL_CHANGE);
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
        assertThat(json.path("iss").asText()).isEqualTo(realm.address().toString());
        assertThat(json.path("sub_id").toString()).contains(member.id());
        assertThat(changeOf(set)).isIn((Object[]) changes);
    }

    /** As RFC 8936 has it: asks for what there is, and says what it got. Each is looked for once. */
    private SignedJWT await(MfaRealm realm, JsonNode stream, Member member, String credentialType) {
        String poll = stream.path("delivery").path("endpoint_url").asText();
        for (Instant end = Instant.now().plusSeconds(120); Instant.now().isBefore(end); ) {
            Optional<SignedJWT> wanted = polled.stream()
                    .filter(set -> isAbout(set, member, credentialType))
                    .findFirst();
            if (wanted.isPresent()) {
                polled.remove(wanted.get());
                return wanted.get();
            }
            JsonNode sets = call(realm, "POST", poll, Map.of("returnImmediately", true, "ack", acknowledged))
                    .expect(200)
                    .json()
                    .path("sets");
            for (Map.Entry<String, JsonNode> each : sets.properties()) {
                acknowledged.add(each.getKey());
                polled.add(set(each.getValue().asText()));
            }
        }
        throw new Unexpected("receiver", polled, "a SET about " + credentialType);
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
