package io.sallyport.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calls under {@code /realms/{realm}/v1}, by the tokens of an application that may reach its users' factors. */
final class SelfService {

    static final Map<String, Object> PAYMENT = Map.of(
            "type",
            "approve_payment",
            "description",
            "Pay {amount} {currency} to {payee}",
            "fields",
            List.of(Map.of("name", "amount", "kind", "NUMBER"), Map.of("name", "currency"), Map.of("name", "payee")));

    static final Map<String, Object> EXPORT =
            Map.of("type", "export_all_data", "description", "Export all data", "fields", List.of());

    private static final String CLIENT = "erp";

    private final MfaRealm realm;

    private SelfService(MfaRealm realm) {
        this.realm = realm;
    }

    /** In a realm that has the client already. */
    static SelfService in(MfaRealm realm) {
        return new SelfService(realm);
    }

    /** In a realm that gets such a client. */
    static SelfService of(MfaRealm realm) {
        String client =
                realm.addClient(CLIENT, Map.of("publicClient", true, "webOrigins", List.of("https://erp.test")));
        reachable(realm, client);
        return new SelfService(realm);
    }

    /** Lets the client with this id ask for the scope {@code mfa}. */
    static void reachable(MfaRealm realm, String client) {
        for (JsonNode scope : realm.admin().get(realm.name() + "/client-scopes")) {
            if (scope.path("name").asText().equals("mfa")) {
                realm.admin()
                        .put(
                                realm.name() + "/clients/" + client + "/optional-client-scopes/"
                                        + scope.path("id").asText(),
                                Map.of());
            }
        }
    }

    /** A policy with these actions, and these rules beside. */
    static Map<String, Object> policy(Map<String, Object> rules, List<Map<String, Object>> actions) {
        Map<String, Object> policy = new LinkedHashMap<>(rules);
        policy.put("actions", actions);
        return policy;
    }

    OidcClient client() {
        return new OidcClient(realm.address(), CLIENT, Optional.empty(), MfaRealm.CALLBACK);
    }

    /** A session of the member, by password and code. */
    Tokens signIn(Member member) {
        return client().password(
                        member.username(),
                        Member.PASSWORD,
                        Map.of("totp", member.phone().nextCode(), "scope", "openid mfa"))
                .tokens();
    }

    Reply call(String token, String path, Object body) {
        return send("POST", token, path, Json.write(body));
    }

    Reply send(String method, String token, String path, String body) {
        return Http.sendJson(
                method, URI.create(realm.address() + "/v1/" + path), body, Map.of("Authorization", "Bearer " + token));
    }

    /** A call of a page of this origin. */
    Reply from(String method, String origin, String token, String path) {
        Map<String, String> headers = new LinkedHashMap<>(Map.of("Origin", origin));
        if (token.isEmpty()) {
            headers.put("Access-Control-Request-Method", "POST");
        } else {
            headers.put("Authorization", "Bearer " + token);
        }
        return Http.sendJson(
                method, URI.create(realm.address() + "/v1/" + path), "{\"action_type\":\"sign_in\"}", headers);
    }

    Reply challenge(String token, Object body) {
        return call(token, "auth/mfa/challenge", body);
    }

    Reply verify(String token, Object body) {
        return call(token, "auth/mfa/verify", body);
    }

    Reply authorize(String token, Object body) {
        return call(token, "auth/mfa/authorize", body);
    }

    /** Approves this payment by a code; the token that carries the approval. */
    JsonNode approve(Tokens session, Member member, Map<String, Object> payment) {
        JsonNode challenge = challenge(
                        session.access(), Map.of("action_type", "approve_payment", "action_details", payment))
                .expect(200)
                .json();
        return verify(
                        session.access(),
                        Map.of(
                                "method",
                                "TOTP",
                                "code",
                                member.phone().nextCode(),
                                "challenge_id",
                                challenge.path("challenge_id").asText()))
                .expect(200)
                .json();
    }
}
