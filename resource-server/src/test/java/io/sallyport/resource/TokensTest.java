package io.sallyport.resource;

import static io.sallyport.resource.FakeRealm.PAYMENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that are none of this issuer for this application, against an issuer on a socket. */
final class TokensTest {

    private static final RSAKey FOREIGN = FakeRealm.newKey("foreign");

    private final Payer payer = new Payer();

    @AfterEach
    void close() {
        payer.close();
    }

    static Stream<Arguments> claimsThatAreNoToken() {
        return Stream.of(
                Payer.claims("other issuer", claims -> claims.issuer("https://evil.example/realms/acme")),
                Payer.claims(
                        "other realm", claims -> claims.issuer(claims.build().getIssuer() + "2")),
                Payer.claims("no issuer", claims -> claims.issuer(null)),
                Payer.claims("other audience", claims -> claims.audience(List.of("account", "erp2"))),
                Payer.claims("no audience", claims -> claims.audience((String) null)),
                Payer.claims("other client", claims -> claims.claim("azp", "mobile")),
                Payer.claims("no client", claims -> claims.claim("azp", null)),
                Payer.claims("client of another type", claims -> claims.claim("azp", List.of("web"))),
                Payer.claims("ID token", claims -> claims.claim("typ", "ID")),
                Payer.claims("refresh token", claims -> claims.claim("typ", "Refresh")),
                Payer.claims("offline token", claims -> claims.claim("typ", "Offline")),
                Payer.claims("logout token", claims -> claims.claim("typ", "Logout")),
                Payer.claims("no typ", claims -> claims.claim("typ", null)),
                Payer.claims("DPoP without a key", claims -> claims.claim("typ", "DPoP")),
                Payer.claims("expired", claims -> claims.expirationTime(Payer.in(-31))),
                Payer.claims("no expiry", claims -> claims.expirationTime(null)),
                Payer.claims("not yet in force", claims -> claims.notBeforeTime(Payer.in(40))),
                Payer.claims("issued in the future", claims -> claims.issueTime(Payer.in(40))),
                Payer.claims("no subject", claims -> claims.subject(null)),
                Payer.claims("no session", claims -> claims.claim("sid", null)),
                Payer.claims("blank session", claims -> claims.claim("sid", " ")),
                Payer.claims("bound to a DPoP key", claims -> claims.claim("cnf", Map.of("jkt", "x"))),
                Payer.claims("bound to a certificate", claims -> claims.claim("cnf", Map.of("x5t#S256", "x"))),
                Payer.claims("bound to something odd", claims -> claims.claim("cnf", "x")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("claimsThatAreNoToken")
    @DisplayName("CLM-02: claims of no access token of this issuer for this application and this time")
    void claimsOfNoToken(String name, Consumer<JWTClaimsSet.Builder> change) {
        Payer.assertRefused(payer.checkWith(change), Refusal.Kind.UNAUTHENTICATED);
        assertThat(payer.realm.asked).isEmpty();
    }

    @Test
    @DisplayName("CLM-02: alg none, HS256 with the public key, other headers and signatures")
    void forgedSignatures() throws Exception {
        JWTClaimsSet claims = payer.realm.claims("approval-1", PAYMENT).build();
        SignedJWT hmac = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID("realm")
                        .type(JOSEObjectType.JWT)
                        .build(),
                claims);
        hmac.sign(new MACSigner(payer.realm.key.toRSAPublicKey().getEncoded()));
        String good = payer.realm.token("approval-1");
        JWTClaimsSet.Builder same = new JWTClaimsSet.Builder(claims);
        String evil = payer.realm.issuer() + "/../evil/certs";

        for (String forged : List.of(
                new PlainJWT(claims).serialize(),
                hmac.serialize(),
                good.substring(0, good.lastIndexOf('.') + 1),
                good.substring(0, good.length() - 8) + "AAAAAAAA",
                good + "." + good,
                FakeRealm.sign(FOREIGN, same, header -> {}),
                FakeRealm.sign(FOREIGN, same, header -> header.keyID("realm")),
                FakeRealm.sign(FOREIGN, same, header -> header.keyID(null)),
                FakeRealm.sign(FOREIGN, same, header -> header.keyID("realm").jwk(FOREIGN.toPublicJWK())),
                FakeRealm.sign(FOREIGN, same, header -> header.jwkURL(URI.create(evil))),
                FakeRealm.sign(FOREIGN, same, header -> header.x509CertURL(URI.create(evil))),
                payer.realm.sign(same, header -> header.type(null)),
                payer.realm.sign(same, header -> header.type(new JOSEObjectType("dpop+jwt"))),
                payer.realm.sign(same, header -> header.type(new JOSEObjectType("logout+jwt"))),
                payer.realm.sign(
                        same,
                        header -> header.criticalParams(java.util.Set.of("x")).customParam("x", 1)))) {
            Payer.assertRefused(payer.check(forged), Refusal.Kind.UNAUTHENTICATED);
        }
        assertThat(payer.realm.asked).isEmpty();
        assertThat(payer.check(good)).isInstanceOf(Outcome.Approved.class);
        assertThat(payer.realm.keyRequests.get())
                .as("made-up keys don't reach the issuer each time")
                .isLessThanOrEqualTo(3);
    }

    @Test
    @DisplayName("CLM-02: a token in the wrong place, twice, or none")
    void wrongPlaces() {
        String token = payer.realm.token("approval-1");

        for (List<String> headers : List.of(
                List.<String>of(),
                List.of(""),
                List.of(token),
                List.of("Basic " + token),
                List.of("Bearer"),
                List.of("Bearer " + token + ", Bearer " + token),
                List.of("Bearer " + token + " x"),
                List.of("DPoP " + token),
                List.of("Bearer " + token + "\n"),
                List.of("Bearer " + "a".repeat(20_000) + ".b.c"))) {
            Payer.assertRefused(
                    payer.check(new Call("POST", "http://x", "", Map.of("Authorization", headers), List.of())),
                    Refusal.Kind.UNAUTHENTICATED);
        }
        List<String> one = List.of("Bearer " + token);
        for (Call call : List.of(
                new Call("POST", "http://x", "", Map.of("Authorization", List.of(one.get(0), one.get(0))), List.of()),
                new Call("POST", "http://x", "", Map.of("Authorization", one, "authorization", one), List.of()),
                new Call("POST", "http://x", "access_token=" + token, Map.of(), List.of()),
                new Call("POST", "http://x", "a=b&acc%65ss_token=x", Map.of("Authorization", one), List.of()),
                new Call("POST", "http://x", "a=%zz", Map.of("Authorization", one), List.of()))) {
            Payer.assertRefused(payer.check(call), Refusal.Kind.INVALID_REQUEST);
        }
        assertThat(payer.realm.asked).isEmpty();
    }

    @Test
    @DisplayName("A token that is bound to a key is taken only with the application's proof of it")
    void boundTokens() {
        String token = payer.realm.sign(
                payer.realm.claims("approval-1", PAYMENT).claim("typ", "DPoP").claim("cnf", Map.of("jkt", "thumb")),
                header -> {});
        Call call = new Call(
                "POST",
                "http://x",
                "",
                Map.of("Authorization", List.of("DPoP " + token), "DPoP", List.of("p")),
                List.of());
        ProofVerifier good = (cnf, text, where) -> cnf.get("jkt").equals("thumb")
                && text.equals(token)
                && where.header("dpop").equals(List.of("p"));

        Payer.assertRefused(payer.check(call), Refusal.Kind.UNAUTHENTICATED);
        payer.check = ApprovalCheck.of(payer.realm.settings(), (cnf, text, where) -> false, Clock.systemUTC());
        Payer.assertRefused(payer.check(call), Refusal.Kind.UNAUTHENTICATED);
        payer.check = ApprovalCheck.of(payer.realm.settings(), good, Clock.systemUTC());
        assertThat(payer.check(call)).isInstanceOf(Outcome.Approved.class);
    }

    @Test
    @DisplayName("CLM-04: clocks may be half a minute apart")
    void clocksMayDiffer() {
        assertThat(payer.checkWith(claims -> claims.expirationTime(Payer.in(-20))
                        .claim("mfa_exp", Payer.seconds(-20))
                        .notBeforeTime(Payer.in(20))))
                .isInstanceOf(Outcome.Approved.class);
    }
}
