package io.sallyport.factor.webauthn;

import com.webauthn4j.anchor.TrustAnchorRepository;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.metadata.anchor.AggregatingTrustAnchorRepository;
import com.webauthn4j.verifier.attestation.trustworthiness.certpath.CertPathTrustworthinessVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.certpath.DefaultCertPathTrustworthinessVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.certpath.NullCertPathTrustworthinessVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.self.DefaultSelfAttestationTrustworthinessVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.self.NullSelfAttestationTrustworthinessVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.self.SelfAttestationTrustworthinessVerifier;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.stream.Collectors;

/** Whose statements about keys are believed: the makers of authenticators whose root certificates were configured. */
public final class AttestationTrust {

    private final TrustAnchorRepository anchors;

    private AttestationTrust(TrustAnchorRepository anchors) {
        this.anchors = anchors;
    }

    /** Nobody's: where the realm demands an attestation, no key can be registered. */
    public static AttestationTrust nobody() {
        return of(Set.of());
    }

    /**
     * Those whose certificates are in this PEM text.
     *
     * @throws IllegalArgumentException if it isn't certificates
     */
    public static AttestationTrust of(byte[] pem) {
        return of(anchors(pem));
    }

    /**
     * Those of FIDO's metadata whose authenticators are certified and not known to be broken.
     *
     * @param blob the signed list
     * @param rootPem who must have signed it
     * @throws IllegalArgumentException if it isn't that list, signed by them
     */
    public static AttestationTrust metadata(byte[] blob, byte[] rootPem) {
        return new AttestationTrust(MetadataBlob.anchors(blob, anchors(rootPem)));
    }

    /** Those, and these too. */
    public AttestationTrust and(AttestationTrust more) {
        return new AttestationTrust(new AggregatingTrustAnchorRepository(anchors, more.anchors));
    }

    private static Set<TrustAnchor> anchors(byte[] pem) {
        try {
            Set<TrustAnchor> anchors =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                            .map(certificate -> new TrustAnchor((X509Certificate) certificate, null))
                            .collect(Collectors.toSet());
            if (anchors.isEmpty()) {
                throw new IllegalArgumentException("there is no certificate in it");
            }
            return anchors;
        } catch (CertificateException notCertificates) {
            throw new IllegalArgumentException("it is not X.509 certificates in PEM form", notCertificates);
        }
    }

    private static AttestationTrust of(Set<TrustAnchor> anchors) {
        return new AttestationTrust(new TrustAnchorRepository() {
            @Override
            public Set<TrustAnchor> find(AAGUID model) {
                return anchors;
            }

            @Override
            public Set<TrustAnchor> find(byte[] keyIdentifier) {
                return anchors;
            }
        });
    }

    /** How webauthn4j is to judge a statement: not at all if the realm demands none, else only by an anchor. */
    Checks checks(KeyPolicy policy) {
        if (!policy.demandsTrust()) {
            return new Checks(
                    new NullCertPathTrustworthinessVerifier(), new NullSelfAttestationTrustworthinessVerifier());
        }
        DefaultSelfAttestationTrustworthinessVerifier self = new DefaultSelfAttestationTrustworthinessVerifier();
        self.setSelfAttestationAllowed(false);
        return new Checks(new DefaultCertPathTrustworthinessVerifier(anchors), self);
    }

    /**
     * webauthn4j's two questions.
     *
     * @param certificates whether a chain leads to an anchor
     * @param self whether a key may vouch for itself
     */
    record Checks(CertPathTrustworthinessVerifier certificates, SelfAttestationTrustworthinessVerifier self) {}
}
