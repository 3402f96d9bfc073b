package io.sallyport.factor.webauthn;

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

/** The maker of the emulated authenticators, and another one. */
public final class Makers {

    public static final X509Certificate ROOT = TestAttestationUtil.load3tierTestRootCACertificate();
    public static final X509Certificate OTHER = TestAttestationUtil.load2tierTestRootCACertificate();

    private Makers() {}

    /** Whether a key of the maker {@link #ROOT} can be registered where an attestation is demanded. */
    public static boolean believed(AttestationTrust trust) {
        KeyPolicy policy = new KeyPolicy(
                KeyPolicy.Preference.PREFERRED, Set.of(-7L), KeyPolicy.Conveyance.DIRECT, Optional.empty(), Set.of());
        String answer =
                SoftKey.attested(new PackedAuthenticator()).registration().toString();
        return new Registration(SoftKey.PARTY, policy, trust, id -> false)
                .finish(answer, SoftKey.POSED)
                .passed()
                .isPresent();
    }

    /** FIDO's metadata, in which the emulated model has this status and this root; {@link #ROOT} stands for its signature. */
    public static byte[] blob(String status, X509Certificate root) throws GeneralSecurityException {
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

    /** In the form of a file. */
    public static byte[] pem(X509Certificate certificate) {
        try {
            String body = Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
            return ("-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n")
                    .getBytes(StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
