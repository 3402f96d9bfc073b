package io.sallyport.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** An issuer of assertions (RFC 7523) that a realm trusts by its public key. */
final class Issuer {

    private static final String ALIAS = "partner";
    private static final String ISSUER = "https://partner.example.org";

    private final MfaRealm realm;
    private final KeyPair keys;

    private Issuer(MfaRealm realm, KeyPair keys) {
        this.realm = realm;
        this.keys = keys;
    }

    static Issuer trustedBy(MfaRealm realm) {
        Issuer issuer = new Issuer(realm, keyPair());
        realm.admin()
                .post(
                        realm.name() + "/identity-provider/instances",
                        Map.of(
                                "alias",
                                ALIAS,
                                "providerId",
                                "jwt-authorization-grant",
                                "enabled",
                                true,
                                "config",
                                Map.of(
                                        "issuer",
                                        ISSUER,
                                        "useJwksUrl",
                                        "false",
                                        "publicKeySignatureVerifier",
                                        issuer.publicKey(),
                                        "jwtAuthorizationGrantEnabled",
                                        "true")));
        realm.addClient(
                "partner-app",
                Map.of(
                        "secret",
                        "partner-secret",
                        "attributes",
                        Map.of(
                                "oauth2.jwt.authorization.grant.enabled",
                                "true",
                                "oauth2.jwt.authorization.grant.idp",
                                ALIAS)));
        return issuer;
    }

    /** The client that may use its assertions. */
    OidcClient client() {
        return new OidcClient(realm.address(), "partner-app", Optional.of("partner-secret"), MfaRealm.CALLBACK);
    }

    /** Links the user to the issuer's subject of the same name. */
    void knows(Member member) {
        realm.admin()
                .post(
                        realm.name() + "/users/" + member.id() + "/federated-identity/" + ALIAS,
                        Map.of("userId", member.username(), "userName", member.username()));
    }

    String assertionFor(Member member) {
        long now = Instant.now().getEpochSecond();
        String signed = encode(Map.of("alg", "RS256", "typ", "JWT"))
                + "."
                + encode(Map.of(
                        "iss",
                        ISSUER,
                        "sub",
                        member.username(),
                        "aud",
                        List.of(realm.address().toString()),
                        "iat",
                        now,
                        "exp",
                        now + 120,
                        "jti",
                        UUID.randomUUID().toString()));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(UTF_8));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String publicKey() {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    private static String encode(Map<String, Object> json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Json.write(json).getBytes(UTF_8));
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
