package io.sallyport.factor.webauthn;

import static io.sallyport.factor.webauthn.Makers.OTHER;
import static io.sallyport.factor.webauthn.Makers.ROOT;
import static io.sallyport.factor.webauthn.Makers.believed;
import static io.sallyport.factor.webauthn.Makers.blob;
import static io.sallyport.factor.webauthn.Makers.pem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** WA-10: FIDO's metadata as the source of trust anchors. */
final class MetadataBlobTest {

    @Test
    void aModelInGoodStandingIsBelieved() throws GeneralSecurityException {
        assertThat(believed(AttestationTrust.metadata(blob("FIDO_CERTIFIED_L1", ROOT), pem(ROOT))))
                .isTrue();
    }

    @Test
    @DisplayName("WA-10: a model that is known to be broken, and one that is not certified")
    void aBrokenModelIsRefused() throws GeneralSecurityException {
        for (String status : List.of("REVOKED", "ATTESTATION_KEY_COMPROMISE", "NOT_FIDO_CERTIFIED")) {
            assertThat(believed(AttestationTrust.metadata(blob(status, ROOT), pem(ROOT))))
                    .isFalse();
        }
    }

    @Test
    @DisplayName("WA-10: metadata that names another root for the model")
    void anotherRootIsRefused() throws GeneralSecurityException {
        assertThat(believed(AttestationTrust.metadata(blob("FIDO_CERTIFIED", OTHER), pem(ROOT))))
                .isFalse();
    }

    @Test
    void whatIsInEitherSourceIsBelieved() throws GeneralSecurityException {
        AttestationTrust metadata = AttestationTrust.metadata(blob("FIDO_CERTIFIED", OTHER), pem(ROOT));

        assertThat(believed(metadata.and(AttestationTrust.of(pem(ROOT))))).isTrue();
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
}
