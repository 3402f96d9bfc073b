package io.sallyport.factor.webauthn;

import com.webauthn4j.WebAuthnRegistrationManager;
import com.webauthn4j.converter.exception.DataConversionException;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.attestation.statement.AttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.androidkey.AndroidKeyAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.apple.AppleAnonymousAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.none.NoneAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.packed.PackedAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.tpm.TPMAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.u2f.FIDOU2FAttestationStatementVerifier;
import com.webauthn4j.verifier.exception.VerificationException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An attestation statement format of WebAuthn §8 that webauthn4j verifies for us; SafetyNet is shut down.
 *
 * @param format its identifier
 * @param verifier who knows its procedure
 */
record Statement(String format, AttestationStatementVerifier verifier) {

    static final String NONE = "none";

    static Statement of(String format) {
        return new Statement(
                format,
                switch (format) {
                    case NONE -> new NoneAttestationStatementVerifier();
                    case "packed" -> new PackedAttestationStatementVerifier();
                    case "tpm" -> new TPMAttestationStatementVerifier();
                    case "android-key" -> new AndroidKeyAttestationStatementVerifier();
                    case "apple" -> new AppleAnonymousAttestationStatementVerifier();
                    case "fido-u2f" -> new FIDOU2FAttestationStatementVerifier();
                    default -> throw new Refused("fmt is not a supported format");
                });
    }

    /** What both ceremonies expect, in webauthn4j's words. */
    static ServerProperty expected(RelyingParty party, Bytes challenge) {
        return ServerProperty.builder()
                .origins(party.origins().stream().map(Origin::new).collect(Collectors.toSet()))
                .rpId(party.id())
                .challenge(new DefaultChallenge(challenge.toBytes()))
                .build();
    }

    /** Holds the statement against the key, and its certificates against the trust anchors. */
    AttestedCredentialData verify(Registration ceremony, Bytes challenge, AttestationAnswer answer) {
        AttestationTrust.Checks checks = ceremony.trust().checks(ceremony.policy());
        WebAuthnRegistrationManager webauthn4j = new WebAuthnRegistrationManager(
                List.of(verifier), checks.certificates(), checks.self(), List.of(), new ObjectConverter());
        try {
            RegistrationData verified = webauthn4j.verify(
                    new RegistrationRequest(
                            answer.attestationObject().toBytes(),
                            answer.clientData().toBytes()),
                    new RegistrationParameters(
                            expected(ceremony.party(), challenge),
                            parameters(ceremony.policy()),
                            ceremony.policy().userVerification() == KeyPolicy.Preference.REQUIRED,
                            true));
            return Optional.ofNullable(verified.getAttestationObject())
                    .map(object -> object.getAuthenticatorData().getAttestedCredentialData())
                    .orElseThrow(() -> new Refused("there is no key in authData"));
        } catch (VerificationException | DataConversionException refused) {
            throw new Refused(
                    "the attestation does not hold: " + refused.getClass().getSimpleName());
        }
    }

    private static List<PublicKeyCredentialParameters> parameters(KeyPolicy policy) {
        return policy.algorithms().stream()
                .map(alg -> new PublicKeyCredentialParameters(
                        PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.create(alg)))
                .toList();
    }
}
