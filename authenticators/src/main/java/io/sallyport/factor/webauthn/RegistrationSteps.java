package io.sallyport.factor.webauthn;

/**
 * WebAuthn Level 2 §7.1, steps 3 to 17. Each record is a step and holds what the ones before it proved: so none can be
 * left out or come too early. Steps 1 and 2 run in the browser.
 */
final class RegistrationSteps {

    private RegistrationSteps() {}

    record Step3(Registration ceremony, ChallengeHash posed, String text) implements Step<NewKey> {
        // 3. "Let response be credential.response. If response is not an instance of AuthenticatorAttestationResponse,
        // abort the ceremony with a user-visible error."
        @Override
        public Step4 next() {
            return new Step4(ceremony, posed, AttestationAnswer.parse(text));
        }
    }

    record Step4(Registration ceremony, ChallengeHash posed, AttestationAnswer answer) implements Step<NewKey> {
        // 4. "Let clientExtensionResults be the result of calling credential.getClientExtensionResults()."
        // We ask for no extension; that it is an object was seen in step 3.
        @Override
        public Step5 next() {
            return new Step5(ceremony, posed, answer);
        }
    }

    record Step5(Registration ceremony, ChallengeHash posed, AttestationAnswer answer) implements Step<NewKey> {
        // 5. "Let JSONtext be the result of running UTF-8 decode on the value of response.clientDataJSON."
        @Override
        public Step6 next() {
            return new Step6(ceremony, posed, answer, ClientData.utf8(answer.clientData()));
        }
    }

    record Step6(Registration ceremony, ChallengeHash posed, AttestationAnswer answer, String jsonText)
            implements Step<NewKey> {
        // 6. "Let C, the client data claimed as collected during the credential creation, be the result of running an
        // implementation-specific JSON parser on JSONtext."
        @Override
        public Step7 next() {
            return new Step7(ceremony, posed, answer, ClientData.parse(jsonText));
        }
    }

    record Step7(Registration ceremony, ChallengeHash posed, AttestationAnswer answer, ClientData c)
            implements Step<NewKey> {
        // 7. "Verify that the value of C.type is webauthn.create."
        @Override
        public Step8 next() {
            c.isOfType("webauthn.create");
            return new Step8(ceremony, posed, answer, c);
        }
    }

    record Step8(Registration ceremony, ChallengeHash posed, AttestationAnswer answer, ClientData c)
            implements Step<NewKey> {
        // 8. "Verify that the value of C.challenge equals the base64url encoding of options.challenge."
        @Override
        public Step9 next() {
            return new Step9(ceremony, c.answers(posed), answer, c);
        }
    }

    record Step9(Registration ceremony, Bytes challenge, AttestationAnswer answer, ClientData c)
            implements Step<NewKey> {
        // 9. "Verify that the value of C.origin matches the Relying Party's origin."
        @Override
        public Step10 next() {
            c.comesFrom(ceremony.party());
            return new Step10(ceremony, challenge, answer, c);
        }
    }

    record Step10(Registration ceremony, Bytes challenge, AttestationAnswer answer, ClientData c)
            implements Step<NewKey> {
        // 10. "Verify that the value of C.tokenBinding.status matches the state of Token Binding for the TLS connection
        // over which the assertion was obtained."
        @Override
        public Step11 next() {
            c.hasNoTokenBinding();
            return new Step11(ceremony, challenge, answer);
        }
    }

    record Step11(Registration ceremony, Bytes challenge, AttestationAnswer answer) implements Step<NewKey> {
        // 11. "Let hash be the result of computing a hash over response.clientDataJSON using SHA-256."
        // Step 19 needs it, and webauthn4j computes it there from these same bytes.
        @Override
        public Step12 next() {
            return new Step12(ceremony, challenge, answer);
        }
    }

    record Step12(Registration ceremony, Bytes challenge, AttestationAnswer answer) implements Step<NewKey> {
        // 12. "Perform CBOR decoding on the attestationObject field of the AuthenticatorAttestationResponse structure
        // to
        // obtain the attestation statement format fmt, the authenticator data authData, and the attestation statement
        // attStmt."
        @Override
        public Step13 next() {
            return new Step13(ceremony, challenge, answer, AttestationObject.parse(answer.attestationObject()));
        }
    }

    record Step13(Registration ceremony, Bytes challenge, AttestationAnswer answer, AttestationObject object)
            implements Step<NewKey> {
        // 13. "Verify that the rpIdHash in authData is the SHA-256 hash of the RP ID expected by the Relying Party."
        @Override
        public Step14 next() {
            object.authData().isFor(ceremony.party());
            return new Step14(ceremony, challenge, answer, object);
        }
    }

    record Step14(Registration ceremony, Bytes challenge, AttestationAnswer answer, AttestationObject object)
            implements Step<NewKey> {
        // 14. "Verify that the User Present bit of the flags in authData is set."
        @Override
        public Step15 next() {
            object.authData().hasUserPresent();
            return new Step15(ceremony, challenge, answer, object);
        }
    }

    record Step15(Registration ceremony, Bytes challenge, AttestationAnswer answer, AttestationObject object)
            implements Step<NewKey> {
        // 15. "If user verification is required for this registration, verify that the User Verified bit of the flags
        // in
        // authData is set."
        @Override
        public Step16 next() {
            object.authData().hasUserVerifiedIf(ceremony.policy().userVerification());
            return new Step16(ceremony, challenge, answer, object);
        }
    }

    record Step16(Registration ceremony, Bytes challenge, AttestationAnswer answer, AttestationObject object)
            implements Step<NewKey> {
        // 16. "Verify that the "alg" parameter in the credential public key in authData matches the alg attribute of
        // one
        // of the items in options.pubKeyCredParams."
        @Override
        public Step17 next() {
            Refused.unless(
                    ceremony.policy().algorithms().contains(object.attested().algorithm()),
                    "the algorithm of the key is not one that was asked for");
            Refused.unless(object.attested().credentialId().equals(answer.id()), "the key has another credential id");
            return new Step17(ceremony, challenge, answer, object);
        }
    }

    record Step17(Registration ceremony, Bytes challenge, AttestationAnswer answer, AttestationObject object)
            implements Step<NewKey> {
        // 17. "Verify that the values of the client extension outputs in clientExtensionResults and the authenticator
        // extension outputs in the extensions in authData are as expected". None was asked for and none is used; those
        // of authData were read to their last byte in step 12.
        @Override
        public AttestationSteps.Step18 next() {
            return new AttestationSteps.Step18(ceremony, challenge, answer, object);
        }
    }
}
