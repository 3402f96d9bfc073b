package io.sallyport.factor.webauthn;

import static io.sallyport.factor.webauthn.SoftKey.CHALLENGE;
import static io.sallyport.factor.webauthn.SoftKey.PARTY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.webauthn4j.data.jws.JWAIdentifier;
import com.webauthn4j.data.jws.JWSFactory;
import com.webauthn4j.data.jws.JWSHeader;
import com.webauthn4j.test.TestAttestationUtil;
import com.webauthn4j.test.authenticator.webauthn.PackedAuthenticator;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** WA-10: FIDO's metadata as the source of trust anchors. */
final class MetadataBlobTest {

    private static final X509Certificate ROOT = TestAttestationUtil.load3tierTestRootCACertificate();
    private static final X509Certificate OTHER = TestAttestationUtil.load2tierTestRootCACertificate();

    @Test
    void aModelInGoodStandingIsBelieved() throws GeneralSecurityException {
        assertThat(finish(AttestationTrust.metadata(blob("FIDO_CERTIFIED_L1", ROOT), pem(ROOT))))
                .isPresent();
    }

    @Test
    @DisplayName("WA-10: a model that is known to be broken, and one that is not certified")
    void aBrokenModelIsRefused() throws GeneralSecurityException {
        for (String status : List.of("REVOKED", "ATTESTATION_KEY_COMPROMISE", "NOT_FIDO_CERTIFIED")) {
            assertThat(finish(AttestationTrust.metadata(blob(status, ROOT), pem(ROOT))))
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("WA-10: metadata that names another root for the model")
    void anotherRootIsRefused() throws GeneralSecurityException {
        assertThat(finish(AttestationTrust.metadata(blob("FIDO_CERTIFIED", OTHER), pem(ROOT))))
                .isEmpty();
    }

    @Test
    void whatIsInEitherSourceIsBelieved() throws GeneralSecurityException {
        AttestationTrust metadata = AttestationTrust.metadata(blob("FIDO_CERTIFIED", OTHER), pem(ROOT));

        assertThat(finish(metadata.and(AttestationTrust.of(pem(ROOT))))).isPresent();
    }

    @Test
    @DisplayName("MDS F-3, F-4: metadata that the root has not signed")
    void metadataOfAnotherSignerIsRefused() throws GeneralSecurityException {
        byte[] blob = blob("FIDO_CERTIFIED", ROOT);
        byte[] spoiled = blob.clone();
        spoiled[blob.length - 20] = (byte) (blob[blob.length - 20] == 'A' ? 'B' : 'A');

        assertThatIllegalArgumentException().isThrownBy(() -> AttestationTrust.metadata(blob, pem(OTHER)));
        assertThatIllegalArgumentException().isThrownBy(() -> AttestationTrust.metadata(spoiled, pem(ROOT)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AttestationTrust.metadata("a.b.c".getBytes(StandardCharsets.US_ASCII), pem(ROOT)));
    }

    private static Optional<NewKey> finish(AttestationTrust trust) {
        KeyPolicy policy = new KeyPolicy(
                KeyPolicy.Preference.PREFERRED, Set.of(-7L), KeyPolicy.Conveyance.DIRECT, Optional.empty(), Set.of());
        return new Registration(PARTY, policy, trust, id -> false)
                .finish(
                        SoftKey.attested(new PackedAuthenticator())
                                .registration()
                                .toString(),
                        CHALLENGE)
                .passed();
    }

    private static byte[] blob(String status, X509Certificate root) throws GeneralSecurityException {
        CertPath signers = CertificateFactory.getInstance("X.509")
                .generateCertPath(List.of(
                        TestAttestationUtil.load3tierTestAuthenticatorAttestationCertificate(),
                        TestAttestationUtil.load3tierTestIntermediateCACertificate()));
        String model = "00000000-0000-0000-0000-000000000000";
        Map<String, Object> entry = Map.of(
                "aaguid",
                model,
                "metadataStatement",
                statement(model, root),
                "statusReports",
                List.of(Map.of("status", status, "effectiveDate", "2020-01-01")),
                "timeOfLastStatusChange",
                "2020-01-01");
        Map<String, Object> payload = Map.of("no", 1, "nextUpdate", "2099-01-01", "entries", List.of(entry));
        return new JWSFactory()
                .create(
                        new JWSHeader(JWAIdentifier.ES256, signers),
                        payload,
                        TestAttestationUtil.load3tierTestAuthenticatorAttestationPrivateKey())
                .toString()
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static Map<String, Object> statement(String model, X509Certificate root) throws GeneralSecurityException {
        return Map.ofEntries(
                Map.entry("aaguid", model),
                Map.entry("description", "an emulated key"),
                Map.entry("authenticatorVersion", 1),
                Map.entry("protocolFamily", "fido2"),
                Map.entry("schema", 3),
                Map.entry("upv", List.of(Map.of("major", 1, "minor", 0))),
                Map.entry("authenticationAlgorithms", List.of("secp256r1_ecdsa_sha256_raw")),
                Map.entry("publicKeyAlgAndEncodings", List.of("cose")),
                Map.entry("attestationTypes", List.of("basic_full")),
                Map.entry(
                        "userVerificationDetails",
                        List.of(List.of(Map.of("userVerificationMethod", "presence_internal")))),
                Map.entry("keyProtection", List.of("hardware")),
                Map.entry("matcherProtection", List.of("on_chip")),
                Map.entry("attachmentHint", List.of("external")),
                Map.entry("tcDisplay", List.of()),
                Map.entry(
                        "attestationRootCertificates",
                        List.of(Base64.getEncoder().encodeToString(root.getEncoded()))));
    }

    private static byte[] pem(X509Certificate certificate) {
        try {
            String body = Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
            return ("-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n")
                    .getBytes(StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
