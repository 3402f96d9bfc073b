package io.sallyport.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.audit.seal.Checkpoint;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The signatures that a realm may have, besides the RSA of {@link MainTest}. */
final class KeysTest {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    @ParameterizedTest
    @CsvSource({"ES256, P-256, 32", "ES384, P-384, 48", "ES512, P-521, 66"})
    void ellipticCurves(String algorithm, String curve, int length) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve.replace("P-", "secp") + "r1"));
        KeyPair pair = generator.generateKeyPair();
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        String jwk = "\"kty\":\"EC\",\"crv\":\"" + curve + "\",\"x\":\""
                + fixed(key.getW().getAffineX(), length) + "\",\"y\":\""
                + fixed(key.getW().getAffineY(), length) + "\"";

        assertGenuineOnly(algorithm, "SHA" + algorithm.substring(2) + "withECDSAinP1363Format", pair, jwk);
    }

    @ParameterizedTest
    @CsvSource({"Ed25519, 12", "Ed448, 12"})
    void edwardsCurves(String curve, int beginning) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance(curve).generateKeyPair();
        byte[] spki = pair.getPublic().getEncoded();
        String x = BASE64.encodeToString(Arrays.copyOfRange(spki, beginning, spki.length));

        assertGenuineOnly("EdDSA", curve, pair, "\"kty\":\"OKP\",\"crv\":\"" + curve + "\",\"x\":\"" + x + "\"");
    }

    @Test
    void whatIsSignedForSomethingElseIsNoCheckpoint() {
        Keys keys = Keys.of(List.of("{\"keys\":[]}"));

        assertThatThrownBy(() -> keys.verify(
                        text("{\"typ\":\"JWT\",\"alg\":\"RS256\",\"kid\":\"k\"}") + ".e30.AA", Checkpoint.TYPE))
                .hasMessage("something else that is signed");
        assertThatThrownBy(() -> keys.verify(
                        text("{\"typ\":\"" + Checkpoint.TYPE + "\",\"alg\":\"RS256\",\"kid\":\"k\"}") + ".e30.AA",
                        Checkpoint.TYPE))
                .hasMessage("no key k among the keys");
    }

    @ParameterizedTest
    @CsvSource({"none", "HS256", "RS1", "XX256", "''"})
    void noOtherAlgorithmIsTaken(String algorithm) {
        Keys keys = Keys.of(List.of("{\"keys\":[{\"kid\":\"k\",\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}"));

        assertThat(keys.verify(header(algorithm) + ".e30.AA", Checkpoint.TYPE).genuine())
                .isFalse();
    }

    private static void assertGenuineOnly(String algorithm, String java, KeyPair pair, String jwk) throws Exception {
        Keys keys = Keys.of(List.of("{\"keys\":[{\"kid\":\"k\",\"alg\":\"" + algorithm + "\"," + jwk + "}]}"));
        String content = header(algorithm) + "." + text("{\"a\":1}");
        Signature signature = Signature.getInstance(java);
        signature.initSign(pair.getPrivate());
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        byte[] good = signature.sign();

        assertThat(keys.verify(content + "." + BASE64.encodeToString(good), Checkpoint.TYPE)
                        .genuine())
                .isTrue();
        assertThat(keys.verify(
                                header(algorithm) + "." + text("{\"a\":2}") + "." + BASE64.encodeToString(good),
                                Checkpoint.TYPE)
                        .genuine())
                .isFalse();
        good[7] ^= 1;
        assertThat(keys.verify(content + "." + BASE64.encodeToString(good), Checkpoint.TYPE)
                        .genuine())
                .isFalse();
    }

    private static String header(String algorithm) {
        return text("{\"alg\":\"" + algorithm + "\",\"typ\":\"" + Checkpoint.TYPE + "\",\"kid\":\"k\"}");
    }

    private static String text(String content) {
        return BASE64.encodeToString(content.getBytes(StandardCharsets.UTF_8));
    }

    private static String fixed(BigInteger value, int length) {
        byte[] bytes = value.toByteArray();
        byte[] fixed = new byte[length];
        int many = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - many, fixed, length - many, many);
        return BASE64.encodeToString(fixed);
    }
}
