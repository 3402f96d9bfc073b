package io.sallyport.factor.totp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sallyport.crypto.Boxes;
import io.sallyport.crypto.KeyUnavailable;
import io.sallyport.crypto.Owner;
import io.sallyport.crypto.SecretBox;
import io.sallyport.crypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.utils.Base32;

final class OtpSecretTest {

    private static final Owner ANN = new Owner("realm", "ann");
    private static final String TEXT = "12345678901234567890";
    private static final byte[] KEY = TEXT.getBytes(StandardCharsets.US_ASCII);
    private static final OtpParameters STOCK = new OtpParameters(HmacAlgorithm.SHA1, 6, Duration.ofSeconds(30));

    private final SecretBox box = Boxes.box();

    @Test
    void aPlainSecretOfKeycloaksIsReadAsItIs() {
        OtpSecret secret = OtpSecret.open(OTPCredentialModel.createTOTP(TEXT, 8, 60, "HmacSHA256"), box, ANN);

        assertThat(secret.parameters()).isEqualTo(new OtpParameters(HmacAlgorithm.SHA256, 8, Duration.ofSeconds(60)));
        assertThat(secret.match(Hotp.code(KEY, 7, secret.parameters()), 7, 0)).hasValue(7);
    }

    @Test
    void aBase32SecretOfKeycloaksIsDecoded() {
        OtpSecret secret = OtpSecret.open(
                OTPCredentialModel.createTOTP(Base32.encode(KEY), 6, 30, "HmacSHA1", "BASE32"), box, ANN);

        assertThat(secret.match(Hotp.code(KEY, 7, STOCK), 7, 0)).hasValue(7);
    }

    @Test
    void aSealedSecretMatchesTheSameCodes() {
        OTPCredentialModel credential = OTPCredentialModel.createTOTP(Base32.encode(KEY), 6, 30, "HmacSHA1", "BASE32");

        OtpSecret.seal(credential, box, ANN);

        assertThat(OtpSecret.isSealed(credential)).isTrue();
        assertThat(credential.getSecretData())
                .doesNotContain(Base32.encode(KEY))
                .doesNotContain(TEXT);
        assertThat(OtpSecret.open(credential, box, ANN).match(Hotp.code(KEY, 7, STOCK), 7, 0))
                .hasValue(7);
    }

    @Test
    void sealingTwiceChangesNothing() {
        OTPCredentialModel credential = OTPCredentialModel.createTOTP(TEXT, 6, 30, "HmacSHA1");
        assertThat(OtpSecret.isSealed(credential)).isFalse();
        OtpSecret.seal(credential, box, ANN);
        String sealed = credential.getSecretData();

        OtpSecret.seal(credential, box, ANN);

        assertThat(credential.getSecretData()).isEqualTo(sealed);
    }

    @Test
    void aSealedSecretDoesNotOpenInAnotherUsersRow() {
        OTPCredentialModel credential = OTPCredentialModel.createTOTP(TEXT, 6, 30, "HmacSHA1");
        OtpSecret.seal(credential, box, ANN);

        assertThatExceptionOfType(KeyUnavailable.class)
                .isThrownBy(() -> OtpSecret.open(credential, box, new Owner("realm", "bob")));
    }

    @Test
    void aCredentialOpensWithItsKeyAndAPlainOneWithAny() {
        OTPCredentialModel credential = OTPCredentialModel.createTOTP(TEXT, 6, 30, "HmacSHA1");
        SecretBox other = Boxes.another();
        assertThat(OtpSecret.opens(credential, other)).isTrue();

        OtpSecret.seal(credential, box, ANN);

        assertThat(OtpSecret.opens(credential, box)).isTrue();
        assertThat(OtpSecret.opens(credential, other)).isFalse();
    }

    @Test
    void aCounterBasedSecretLooksAheadOnly() {
        OtpSecret secret = OtpSecret.open(OTPCredentialModel.createHOTP(TEXT, 6, 5, "HmacSHA1"), box, ANN);

        assertThat(secret.match("338314", 37_037_036, 2)).isEmpty(); // counter 4, RFC 4226 appendix D
        assertThat(secret.match("254676", 37_037_036, 2)).hasValue(5);
        assertThat(secret.match("162583", 37_037_036, 2)).hasValue(7);
        assertThat(secret.match("399871", 37_037_036, 2)).isEmpty();
    }

    @Test
    void aNewSecretGoesByTheClock() {
        OtpSecret secret = OtpSecret.of(SecretBytes.of(KEY), STOCK);

        assertThat(secret.match("338314", 5, 1)).hasValue(4);
        assertThat(secret.match("969429", 5, 1)).isEmpty();
    }
}
