package io.sallyport.factor.webauthn;

/**
 * WebAuthn Level 2 §7.2, steps 5 to 21. Each record is a step and holds what the ones before it proved. Steps 1 and 2 run
 * in the browser; 3 and 4 are in the type of the answer: its parser takes no other response.
 */
final class AssertionSteps {

    private AssertionSteps() {}

    record Step5(Assertion ceremony, ChallengeHash posed, AssertionAnswer answer) implements Step<Proof> {
        // 5. "If options.allowCredentials is not empty, verify that credential.id identifies one of the public key
        // credentials listed in options.allowCredentials."
        @Override
        public Step6 next() {
            return new Step6(
                    ceremony,
                    posed,
                    answer,
                    ceremony.keys().stream()
                            .filter(key -> key.id().equals(answer.id()))
                            .findFirst()
                            .orElseThrow(() -> new Refused("the user has no key of this id")));
        }
    }

    record Step6(Assertion ceremony, ChallengeHash posed, AssertionAnswer answer, StoredKey key)
            implements Step<Proof> {
        // 6. "Identify the user being authenticated and verify that this user is the owner of the public key credential
        // source credentialSource identified by credential.id": he was identified before, and only his keys were
        // listed.
        // "If response.userHandle is present, let userHandle be its value. Verify that userHandle also maps to the same
        // user."
        @Override
        public Step7 next() {
            Refused.unless(
                    answer.userHandle().isEmpty() || answer.userHandle().get().equals(ceremony.userHandle()),
                    "the user handle is another user's");
            return new Step7(ceremony, posed, answer, key);
        }
    }

    record Step7(Assertion ceremony, ChallengeHash posed, AssertionAnswer answer, StoredKey key)
            implements Step<Proof> {
        // 7. "Using credential.id […], look up the corresponding credential public key and let credentialPublicKey be
        // that
        // credential public key."
        // 8. "Let cData, authData and sig denote the value of response's clientDataJSON, authenticatorData, and
        // signature
        // respectively."
        @Override
        public Step9 next() {
            return new Step9(ceremony, posed, answer, key);
        }
    }

    record Step9(Assertion ceremony, ChallengeHash posed, AssertionAnswer answer, StoredKey key)
            implements Step<Proof> {
        // 9. "Let JSONtext be the result of running UTF-8 decode on the value of cData."
        @Override
        public Step10 next() {
            return new Step10(ceremony, posed, answer, key, ClientData.utf8(answer.clientData()));
        }
    }

    record Step10(Assertion ceremony, ChallengeHash posed, AssertionAnswer answer, StoredKey key, String jsonText)
            implements Step<Proof> {
        // 10. "Let C, the client data claimed as used for the signature, be the result of running an
        // implementation-specific JSON parser on JSONtext."
        @Override
        public Step11 next() {
            return new Step11(ceremony, posed, answer, key, ClientData.parse(jsonText));
        }
    }

    record Step11(Assertion ceremony, ChallengeHash posed, AssertionAnswer answer, StoredKey key, ClientData c)
            implements Step<Proof> {
        // 11. "Verify that the value of C.type is the string webauthn.get."
        @Override
        public Step12 next() {
            c.isOfType("webauthn.get");
            return new Step12(ceremony, posed, answer, key, c);
        }
    }

    record Step12(Assertion ceremony, ChallengeHash posed, AssertionAnswer answer, StoredKey key, ClientData c)
            implements Step<Proof> {
        // 12. "Verify that the value of C.challenge equals the base64url encoding of options.challenge."
        @Override
        public Step13 next() {
            return new Step13(ceremony, c.answers(posed), answer, key, c);
        }
    }

    record Step13(Assertion ceremony, Bytes challenge, AssertionAnswer answer, StoredKey key, ClientData c)
            implements Step<Proof> {
        // 13. "Verify that the value of C.origin matches the Relying Party's origin."
        @Override
        public Step14 next() {
            c.comesFrom(ceremony.party());
            return new Step14(ceremony, challenge, answer, key, c);
        }
    }

    record Step14(Assertion ceremony, Bytes challenge, AssertionAnswer answer, StoredKey key, ClientData c)
            implements Step<Proof> {
        // 14. "Verify that the value of C.tokenBinding.status matches the state of Token Binding for the TLS connection
        // over which the attestation was obtained."
        @Override
        public Step15 next() {
            c.hasNoTokenBinding();
            return new Step15(ceremony, challenge, answer, key, AuthData.parse(answer.authenticatorData()));
        }
    }

    record Step15(Assertion ceremony, Bytes challenge, AssertionAnswer answer, StoredKey key, AuthData authData)
            implements Step<Proof> {
        // 15. "Verify that the rpIdHash in authData is the SHA-256 hash of the RP ID expected by the Relying Party."
        @Override
        public Step16 next() {
            authData.isFor(ceremony.party());
            return new Step16(ceremony, challenge, answer, key, authData);
        }
    }

    record Step16(Assertion ceremony, Bytes challenge, AssertionAnswer answer, StoredKey key, AuthData authData)
            implements Step<Proof> {
        // 16. "Verify that the User Present bit of the flags in authData is set."
        @Override
        public Step17 next() {
            authData.hasUserPresent();
            return new Step17(ceremony, challenge, answer, key, authData);
        }
    }

    record Step17(Assertion ceremony, Bytes challenge, AssertionAnswer answer, StoredKey key, AuthData authData)
            implements Step<Proof> {
        // 17. "If user verification is required for this assertion, verify that the User Verified bit of the flags in
        // authData is set."
        @Override
        public Step18 next() {
            authData.hasUserVerifiedIf(ceremony.userVerification());
            return new Step18(ceremony, challenge, answer, key, authData);
        }
    }

    record Step18(Assertion ceremony, Bytes challenge, AssertionAnswer answer, StoredKey key, AuthData authData)
            implements Step<Proof> {
        // 18. "Verify that the values of the client extension outputs in clientExtensionResults and the authenticator
        // extension outputs in the extensions in authData are as expected". None was asked for and none is used.
        @Override
        public Step19 next() {
            Refused.unless(authData.attested().isEmpty(), "an assertion makes no key");
            return new Step19(ceremony, challenge, answer, key, authData);
        }
    }

    record Step19(Assertion ceremony, Bytes challenge, AssertionAnswer answer, StoredKey key, AuthData authData)
            implements Step<Proof> {
        // 19. "Let hash be the result of computing a hash over the cData using SHA-256."
        // 20. "Using credentialPublicKey, verify that sig is a valid signature over the binary concatenation of
        // authData
        // and hash." Both by webauthn4j.
        @Override
        public Step21 next() {
            Signature.verify(ceremony, challenge, answer, key);
            return new Step21(key, authData);
        }
    }

    record Step21(StoredKey key, AuthData authData) implements Step<Proof> {
        // 21. "Let storedSignCount be the stored signature counter value associated with credential.id. If
        // authData.signCount is nonzero or storedSignCount is nonzero", it must be greater. The counter goes along with
        // the
        // proof: only the guarded update that stores it can compare it without a race (SignCount tells what it means).
        @Override
        public Done<Proof> next() {
            return new Done<>(new Proof(key, authData.signCount(), authData.userVerified(), authData.backupEligible()));
        }
    }
}
