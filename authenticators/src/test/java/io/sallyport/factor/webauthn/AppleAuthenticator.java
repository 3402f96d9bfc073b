package io.sallyport.factor.webauthn;

import com.webauthn4j.data.attestation.statement.AppleAnonymousAttestationStatement;
import com.webauthn4j.data.attestation.statement.AttestationCertificatePath;
import com.webauthn4j.data.attestation.statement.AttestationStatement;
import com.webauthn4j.test.AttestationCertificateBuilder;
import com.webauthn4j.test.authenticator.webauthn.AndroidKeyAuthenticator;
import com.webauthn4j.test.authenticator.webauthn.AttestationOption;
import com.webauthn4j.test.authenticator.webauthn.AttestationStatementRequest;
import com.webauthn4j.test.client.RegistrationEmulationOption;
import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;

/** WebAuthn §8.8: a certificate for the new key itself, with the hash of what was asked in an extension of Apple's. */
final class AppleAuthenticator extends AndroidKeyAuthenticator {

    private static final ASN1ObjectIdentifier NONCE = new ASN1ObjectIdentifier("1.2.840.113635.100.8.2");

    private final boolean honest;

    /** One that certifies what it was asked, or something else. */
    AppleAuthenticator(boolean honest) {
        this.honest = honest;
    }

    @Override
    public AttestationStatement createAttestationStatement(
            AttestationStatementRequest request, RegistrationEmulationOption option) {
        return new AppleAnonymousAttestationStatement(
                new AttestationCertificatePath(createAttestationCertificate(request, null), getCACertificatePath()));
    }

    @Override
    protected X509Certificate createAttestationCertificate(
            AttestationStatementRequest request, AttestationOption option) {
        AttestationCertificateBuilder builder = new AttestationCertificateBuilder(
                getAttestationIssuerCertificate(),
                new X500Principal("CN=an emulated phone"),
                request.getCredentialKeyPair().getPublic());
        Bytes asked = Bytes.of(honest ? request.getSignedData() : request.getClientDataHash());
        builder.addExtension(
                NONCE,
                false,
                new DERSequence(new DERTaggedObject(
                        true, 1, new DEROctetString(asked.sha256().toBytes()))));
        return builder.build(getAttestationIssuerPrivateKey());
    }
}
