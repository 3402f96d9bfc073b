package io.sallyport.factor.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sallyport.crypto.Boxes;
import io.sallyport.crypto.Owner;
import io.sallyport.crypto.SecretBox;
import io.sallyport.crypto.SecretBytes;
import io.sallyport.factor.sms.SmsCredential.SealedNumber;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.keycloak.credential.CredentialModel;

final class SmsCredentialTest {

    private static final SecretBox BOX = Boxes.box();
    private static final Owner OWNER = new Owner("realm", "user");
    private static final PhoneNumber NUMBER = PhoneNumber.ofE164("+4915112345678");

    @Test
    void theNumberIsSealedAndComesBack() {
        SealedNumber sealed = SealedNumber.of(NUMBER, BOX, OWNER);

        CredentialModel stored = SmsCredential.of("id", sealed, "+49 *** 78");

        assertThat(stored.getId()).isEqualTo("id");
        assertThat(stored.getType()).isEqualTo("mfa-sms");
        assertThat(stored.getUserLabel()).isEqualTo("+49 *** 78");
        assertThat(stored.getCredentialData()).isEqualTo("{}");
        assertThat(stored.getSecretData()).doesNotContain("4915112345678");
        assertThat(SmsCredential.number(stored).open(BOX, OWNER)).contains(NUMBER);
    }

    @Test
    void onlyTheKeyThatSealedItOpensIt() {
        SealedNumber sealed = SealedNumber.of(NUMBER, BOX, OWNER);

        assertThat(sealed.opens(BOX)).isTrue();
        assertThat(sealed.opens(Boxes.another())).isFalse();
    }

    @Test
    void aNumberOfSomebodyElseDoesNotOpen() {
        SealedNumber sealed = SealedNumber.of(NUMBER, BOX, OWNER);

        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> sealed.open(BOX, new Owner("realm", "somebody else")));
    }

    @Test
    void aCredentialWithoutANumberHasNone() {
        assertThat(SmsCredential.number(new CredentialModel()).opens(BOX)).isFalse();
        assertThat(new SealedNumber("+4915112345678").opens(BOX)).isFalse();
    }

    @Test
    void whatIsSealedButNoNumberIsNone() {
        String text = BOX.seal(SecretBytes.of("hello".getBytes(StandardCharsets.US_ASCII)), OWNER);

        assertThat(new SealedNumber(text).open(BOX, OWNER)).isEmpty();
    }

    @Test
    void aSealedNumberDoesNotPrintItself() {
        assertThat(new SealedNumber("text")).hasToString("***");
    }
}
