package io.sallyport.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** An application that fetches credentials by offers (OpenID for Verifiable Credential Issuance). */
record Wallet(MfaRealm realm, OidcClient client) {

    private static final String CREDENTIAL = "oid4vc_natural_person_sd";

    static Wallet in(MfaRealm realm) {
        realm.change(Map.of("verifiableCredentialsEnabled", true));
        String id = realm.addClient(
                "wallet", Map.of("publicClient", true, "attributes", Map.of("oid4vci.enabled", "true")));
        realm.admin().put(realm.name() + "/clients/" + id + "/optional-client-scopes/" + scope(realm), Map.of());
        return new Wallet(realm, new OidcClient(realm.address(), "wallet", Optional.empty(), MfaRealm.CALLBACK));
    }

    /** The pre-authorized code of a fresh offer to this member, whose token this is. */
    String offer(Member member, String accessToken) {
        realm.admin()
                .post(
                        realm.name() + "/users/" + member.id() + "/vc/credentials",
                        Map.of("credentialScopeName", CREDENTIAL));
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

    private static String scope(MfaRealm realm) {
        for (JsonNode scope : realm.admin().get(realm.name() + "/client-scopes")) {
            if (scope.path("name").asText().equals(CREDENTIAL)) {
                return scope.path("id").asText();
            }
        }
        throw new Unexpected("client scopes", "no " + CREDENTIAL, "one");
    }
}
