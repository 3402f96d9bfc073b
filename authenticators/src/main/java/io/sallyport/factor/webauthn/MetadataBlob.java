package io.sallyport.factor.webauthn;

import com.webauthn4j.anchor.TrustAnchorRepository;
import com.webauthn4j.converter.exception.DataConversionException;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.metadata.anchor.MetadataBLOBBasedTrustAnchorRepository;
import com.webauthn4j.metadata.data.MetadataBLOB;
import com.webauthn4j.metadata.data.MetadataBLOBFactory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.util.Set;

/** FIDO's list of authenticators and their makers' certificates (Metadata Service 3): a JWS, believed by its own roots. */
final class MetadataBlob {

    private MetadataBlob() {}

    /**
     * The anchors of each model in good standing.
     *
     * @throws IllegalArgumentException if nobody of the roots has signed it
     */
    static TrustAnchorRepository anchors(byte[] jws, Set<TrustAnchor> roots) {
        MetadataBLOB blob = parse(new String(jws, StandardCharsets.US_ASCII).strip());
        CertPath signers = blob.getHeader().getX5c();
        // FIDO MDS 3.0 §3.2: verify the chain, then the signature by its first certificate
        if (signers == null || !leadsTo(roots, signers) || !blob.isValidSignature()) {
            throw new IllegalArgumentException("the metadata is not signed by a configured root");
        }
        return new MetadataBLOBBasedTrustAnchorRepository(() -> blob);
    }

    private static MetadataBLOB parse(String jws) {
        try {
            return new MetadataBLOBFactory(new ObjectConverter()).parse(jws);
        } catch (IllegalArgumentException | DataConversionException notMetadata) {
            throw new IllegalArgumentException("it is not FIDO metadata", notMetadata);
        }
    }

    /** Without asking whether a certificate was revoked: the server may have no way out to the network. */
    private static boolean leadsTo(Set<TrustAnchor> roots, CertPath signers) {
        try {
            PKIXParameters parameters = new PKIXParameters(roots);
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX").validate(signers, parameters);
            return true;
        } catch (GeneralSecurityException untrusted) {
            return false;
        }
    }
}
