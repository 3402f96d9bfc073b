package io.sallyport.factor.webauthn;

import com.webauthn4j.WebAuthnAuthenticationManager;
import com.webauthn4j.converter.exception.DataConversionException;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.verifier.exception.VerificationException;
import java.util.List;

/** The signature of an assertion, by webauthn4j; it goes through the other steps once more, with the same expectations. */
final class Signature {

    private Signature() {}

    static void verify(Assertion ceremony, Bytes challenge, AssertionAnswer answer, StoredKey key) {
        WebAuthnAuthenticationManager webauthn4j = new WebAuthnAuthenticationManager();
        // the counter is judged where it is stored
        webauthn4j.getAuthenticationDataVerifier().setMaliciousCounterValueHandler(object -> {});
        CredentialRecordImpl stored =
                new CredentialRecordImpl(null, null, null, null, 0, key.credential(), null, null, null, null);
        try {
            webauthn4j.verify(
                    new AuthenticationRequest(
                            answer.id().toBytes(),
                            answer.authenticatorData().toBytes(),
                            answer.clientData().toBytes(),
                            answer.signature().toBytes()),
                    new AuthenticationParameters(
                            Statement.expected(ceremony.party(), challenge),
                            stored,
                            List.of(key.id().toBytes()),
                            ceremony.userVerification() == KeyPolicy.Preference.REQUIRED,
                            true));
        } catch (VerificationException | DataConversionException refused) {
            throw new Refused(
                    "the signature does not hold: " + refused.getClass().getSimpleName());
        }
    }
}
