package io.sallyport.factor.sms;

import io.sallyport.crypto.Owner;
import io.sallyport.crypto.SecretBox;
import io.sallyport.crypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.keycloak.credential.CredentialModel;

/** A phone number as a credential of Keycloak's: sealed, and called by what everybody may see of it. */
public final class SmsCredential {

    /** The type. */
    public static final String TYPE = "mfa-sms";

    private SmsCredential() {}

    /** A new credential. */
    public static CredentialModel of(String id, SealedNumber number, String label) {
        CredentialModel credential = new CredentialModel();
        credential.setId(id);
        credential.setType(TYPE);
        credential.setUserLabel(label);
        credential.setSecretData(number.text());
        credential.setCredentialData("{}");
        return credential;
    }

    /** Its number, as sealed. */
    public static SealedNumber number(CredentialModel stored) {
        return new SealedNumber(Optional.ofNullable(stored.getSecretData()).orElse(""));
    }

    /**
     * A number on its way into or out of the database.
     *
     * @param text the sealed text
     */
    public record SealedNumber(String text) {

        /** The number, sealed for its owner. */
        public static SealedNumber of(PhoneNumber number, SecretBox box, Owner owner) {
            return new SealedNumber(box.seal(SecretBytes.of(number.e164().getBytes(StandardCharsets.US_ASCII)), owner));
        }

        /** Whether the key that sealed it is at hand. */
        public boolean opens(SecretBox box) {
            return SecretBox.isSealed(text) && box.hasKeyOf(text);
        }

        /** The number; empty if something else was sealed. */
        public Optional<PhoneNumber> open(SecretBox box, Owner owner) {
            String opened = new String(box.open(text, owner).toBytes(), StandardCharsets.ISO_8859_1);
            return PhoneNumber.parse(opened);
        }

        @Override
        public String toString() {
            return "***";
        }
    }
}
