package io.sallyport.factor.webauthn;

import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;

/** WebAuthn Level 2 §7.1, steps 18 to 24: who made the key, and whether we believe it. */
final class AttestationSteps {

    private AttestationSteps() {}

    record Step18(Registration ceremony, Bytes challenge, AttestationAnswer answer, AttestationObject object)
            implements Step<NewKey> {
        // 18. "Determine the attestation statement format by performing a USASCII case-sensitive match on fmt against
        // the
        // set of supported WebAuthn Attestation Statement Format Identifier values."
        @Override
        public Step19 next() {
            return new Step19(ceremony, challenge, answer, object, Statement.of(object.format()));
        }
    }

    record Step19(
            Registration ceremony,
            Bytes challenge,
            AttestationAnswer answer,
            AttestationObject object,
            Statement statement)
            implements Step<NewKey> {
        // 19. "Verify that attStmt is a correct attestation statement, conveying a valid attestation signature, by
        // using
        // the attestation statement format fmt's verification procedure given attStmt, authData and hash."
        // 20. "If validation is successful, obtain a list of acceptable trust anchors (i.e. attestation root
        // certificates)
        // for that attestation type and attestation statement format fmt, from a trusted source or from policy."
        // webauthn4j walks from the statement to the anchor in one call.
        @Override
        public Step21 next() {
            return new Step21(ceremony, answer, object, statement.verify(ceremony, challenge, answer));
        }
    }

    record Step21(
            Registration ceremony,
            AttestationAnswer answer,
            AttestationObject object,
            AttestedCredentialData credential)
            implements Step<NewKey> {
        // 21. "Assess the attestation trustworthiness using the outputs of the verification procedure in step 19":
        // "If no attestation was provided, verify that None attestation is acceptable under Relying Party policy."
        // Of self attestation and of certificates, step 19 has seen to it.
        @Override
        public Step22 next() {
            KeyPolicy policy = ceremony.policy();
            Refused.unless(
                    !policy.demandsTrust() || !object.format().equals(Statement.NONE),
                    "the realm demands an attestation");
            Refused.unless(
                    policy.models().isEmpty()
                            || policy.models().contains(object.attested().aaguid()),
                    "the model of the authenticator is not allowed");
            // attachment is the browser's word only: a hint for people, no protection
            Refused.unless(
                    policy.attachment().isEmpty() || policy.attachment().equals(answer.attachment()),
                    "the authenticator is attached in another way than was asked for");
            return new Step22(ceremony, answer, object, credential);
        }
    }

    record Step22(
            Registration ceremony,
            AttestationAnswer answer,
            AttestationObject object,
            AttestedCredentialData credential)
            implements Step<NewKey> {
        // 22. "Check that the credentialId is not yet registered to any other user."
        // Here early and kindly; that it holds between two at once, the unique key of the table sees to.
        @Override
        public Step23 next() {
            Refused.unless(!ceremony.known().test(object.attested().credentialId()), "the key is registered already");
            return new Step23(answer, object, credential);
        }
    }

    record Step23(AttestationAnswer answer, AttestationObject object, AttestedCredentialData credential)
            implements Step<NewKey> {
        // 23. "If the attestation statement attStmt verified successfully and is found to be trustworthy, then register
        // the
        // new credential with the account that was denoted in options.user".
        // 24. "If the attestation statement attStmt successfully verified but is not trustworthy per step 21 above, the
        // Relying Party SHOULD fail the registration ceremony." It did not come as far as here.
        @Override
        public Done<NewKey> next() {
            AuthData authData = object.authData();
            return new Done<>(new NewKey(
                    object.attested().credentialId(),
                    credential,
                    object.format(),
                    answer.transports(),
                    authData.signCount(),
                    authData.userVerified(),
                    authData.backupEligible()));
        }
    }
}
