package io.sallyport.factor.totp;

import io.sallyport.crypto.Owner;
import io.sallyport.crypto.SecretBox;
import io.sallyport.crypto.SecretBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.dto.OTPCredentialData;
import org.keycloak.models.credential.dto.OTPSecretData;
import org.keycloak.models.utils.Base32;
import org.keycloak.util.JsonSerialization;

/** A Keycloak credential of type {@code otp}, opened: the secret and how codes are made from it. */
public final class OtpSecret {

    private final SecretBytes key;
    private final OtpParameters parameters;
    private final boolean counterBased;
    private final long nextCounter;

    private OtpSecret(SecretBytes key, OtpParameters parameters, boolean counterBased, long nextCounter) {
        this.key = key;
        this.parameters = parameters;
        this.counterBased = counterBased;
        this.nextCounter = nextCounter;
    }

    /** A new secret, not yet anybody's credential. */
    public static OtpSecret of(SecretBytes key, OtpParameters parameters) {
        return new OtpSecret(key, parameters, false, 0);
    }

    /** The secret of a stored credential, sealed or, from before the pack was installed, plain. */
    public static OtpSecret open(CredentialModel stored, SecretBox box, Owner owner) {
        OTPCredentialModel credential = OTPCredentialModel.createFromCredentialModel(stored);
        OTPCredentialData data = credential.getOTPCredentialData();
        String value = credential.getOTPSecretData().getValue();
        SecretBytes text = SecretBox.isSealed(value)
                ? box.open(value, owner)
                : SecretBytes.of(value.getBytes(StandardCharsets.UTF_8));
        boolean counterBased = OTPCredentialModel.HOTP.equals(data.getSubType());
        OtpParameters parameters = new OtpParameters(
                HmacAlgorithm.ofJcaName(data.getAlgorithm()),
                data.getDigits(),
                Duration.ofSeconds(counterBased ? 30 : data.getPeriod()));
        return new OtpSecret(decoded(text, data), parameters, counterBased, data.getCounter());
    }

    /** Whether the box has the key that the stored credential was sealed with; a plain one needs none. */
    public static boolean opens(CredentialModel stored, SecretBox box) {
        String value = OTPCredentialModel.createFromCredentialModel(stored)
                .getOTPSecretData()
                .getValue();
        return !SecretBox.isSealed(value) || box.hasKeyOf(value);
    }

    /** Whether the secret of the stored credential is sealed. */
    public static boolean isSealed(CredentialModel stored) {
        return SecretBox.isSealed(OTPCredentialModel.createFromCredentialModel(stored)
                .getOTPSecretData()
                .getValue());
    }

    /** Seals the secret of a credential in place, in the form in which Keycloak keeps it; sealed ones stay. */
    public static void seal(CredentialModel credential, SecretBox box, Owner owner) {
        if (isSealed(credential)) {
            return;
        }
        String plain = OTPCredentialModel.createFromCredentialModel(credential)
                .getOTPSecretData()
                .getValue();
        String sealed = box.seal(SecretBytes.of(plain.getBytes(StandardCharsets.UTF_8)), owner);
        try {
            credential.setSecretData(JsonSerialization.writeValueAsString(new OTPSecretData(sealed)));
        } catch (IOException impossible) {
            throw new IllegalStateException("a text is always JSON", impossible);
        }
    }

    /**
     * The step (or, for HOTP, the counter) whose code this is.
     *
     * @param lookAround how many steps before and after, or counters ahead, may match
     */
    public OptionalLong match(String code, long currentStep, int lookAround) {
        byte[] bytes = key.toBytes();
        return counterBased
                // RFC 4226 §7.4: resynchronization looks ahead only
                ? Hotp.match(bytes, code, nextCounter, nextCounter + lookAround, parameters)
                : Totp.match(bytes, code, currentStep, lookAround, parameters);
    }

    /** How codes are made. */
    public OtpParameters parameters() {
        return parameters;
    }

    private static SecretBytes decoded(SecretBytes text, OTPCredentialData data) {
        return data.getSecretEncoding() == null
                ? text
                : SecretBytes.of(Base32.decode(new String(text.toBytes(), StandardCharsets.US_ASCII)));
    }
}
