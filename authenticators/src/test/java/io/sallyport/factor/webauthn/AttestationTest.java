package io.sallyport.factor.webauthn;

import static io.sallyport.factor.webauthn.SoftKey.PARTY;
import static io.sallyport.factor.webauthn.SoftKey.POSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.webauthn4j.test.TestAttestationUtil;
import com.webauthn4j.test.authenticator.u2f.FIDOU2FAuthenticator;
import com.webauthn4j.test.authenticator.webauthn.AndroidKeyAuthenticator;
import com.webauthn4j.test.authenticator.webauthn.PackedAuthenticator;
import com.webauthn4j.test.authenticator.webauthn.TPMAuthenticator;
import com.webauthn4j.test.authenticator.webauthn.WebAuthnModelAuthenticator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** WA-10: which keys a realm believes in. */
final class AttestationTest {

    private static final UUID MODEL = new UUID(0, 0); // the emulated authenticators have this one
    private static final AttestationTrust TRUST = AttestationTrust.of(Makers.pem(Makers.ROOT));
    private static final AttestationTrust WRONG = AttestationTrust.of(Makers.pem(Makers.OTHER));

    @ParameterizedTest
    @MethodSource("makers")
    void aKeyOfAKnownMakerIsAccepted(WebAuthnModelAuthenticator authenticator) {
        assertThat(finish(SoftKey.attested(authenticator), TRUST, Set.of(MODEL)).passed())
                .isPresent();
    }

    @ParameterizedTest
    @MethodSource("makers")
    @DisplayName("WA-10: wrong root")
    void aKeyOfAnotherMakerIsRefused(WebAuthnModelAuthenticator authenticator) {
        assertRefused(finish(SoftKey.attested(authenticator), WRONG, Set.of()), "the attestation does not hold");
    }

    @Test
    @DisplayName("WA-10: an Apple certificate for something else than was asked")
    void anAppleCertificateForSomethingElseIsRefused() {
        SoftKey key = SoftKey.attested(new AppleAuthenticator(false));

        assertRefused(finish(key, TRUST, Set.of()), "the attestation does not hold");
    }

    @Test
    @DisplayName("WA-10: format fido-u2f, with its maker's root and with another")
    void aKeyFromBeforeFido2IsBelievedByItsMaker() {
        String answer = SoftKey.ofU2f(new FIDOU2FAuthenticator()).toString();

        assertThat(ceremony(WRONG, Set.of()).finish(answer, POSED).passed())
                .hasValueSatisfying(key -> assertThat(key.format()).isEqualTo("fido-u2f"));
        assertRefused(ceremony(TRUST, Set.of()).finish(answer, POSED), "the attestation does not hold");
    }

    @Test
    @DisplayName("WA-10: format fido-u2f signed by somebody else than its certificate says")
    void aKeyFromBeforeFido2MustHaveTheKeyOfItsCertificate() {
        String answer = SoftKey.ofU2f(new FIDOU2FAuthenticator(
                        TestAttestationUtil.load3tierTestAuthenticatorAttestationPrivateKey(),
                        TestAttestationUtil.load2tierTestAuthenticatorAttestationCertificate(),
                        0))
                .toString();

        assertRefused(ceremony(WRONG, Set.of()).finish(answer, POSED), "the attestation does not hold");
    }

    @ParameterizedTest
    @ValueSource(strings = {"android-safetynet", "compound", "Packed", ""})
    @DisplayName("WA-10: a format that nobody can verify for us")
    void anotherFormatIsRefused(String format) throws IOException {
        ObjectNode answer = SoftKey.plain().selfAttested();
        ObjectNode response = answer.withObject("response");
        ObjectNode object = (ObjectNode) new CBORMapper()
                .readTree(Bytes.ofBase64Url(response.get("attestationObject").textValue(), "it")
                        .toBytes());
        object.put("fmt", format);
        response.put(
                "attestationObject",
                Bytes.of(new CBORMapper().writeValueAsBytes(object)).base64Url());

        assertRefused(lenient().finish(answer.toString(), POSED), "fmt is not a supported format");
    }

    @Test
    @DisplayName("WA-10: no trust anchor is configured")
    void withoutAnAnchorNobodyIsBelieved() {
        SoftKey key = SoftKey.attested(new PackedAuthenticator());

        assertRefused(finish(key, AttestationTrust.nobody(), Set.of()), "the attestation does not hold");
    }

    @Test
    @DisplayName("WA-10: fmt none with an allowed AAGUID")
    void anAllowedModelWithoutAProofIsRefused() {
        assertRefused(finish(SoftKey.plain(), TRUST, Set.of(MODEL)), "the realm demands an attestation");
    }

    @Test
    @DisplayName("WA-10: self attestation")
    void aKeyDoesNotVouchForItself() throws IOException {
        String answer = SoftKey.plain().selfAttested().toString();

        assertRefused(ceremony(TRUST, Set.of(MODEL)).finish(answer, POSED), "the attestation does not hold");
        assertThat(lenient().finish(answer, POSED).passed()).isPresent();
    }

    @Test
    @DisplayName("WA-10: another model than the allowed ones")
    void anotherModelIsRefused() {
        SoftKey key = SoftKey.attested(new PackedAuthenticator());

        assertRefused(finish(key, TRUST, Set.of(new UUID(1, 1))), "the model of the authenticator is not allowed");
    }

    @Test
    void theAttachmentMustBeTheOneThatWasAskedFor() {
        KeyPolicy policy = new KeyPolicy(
                KeyPolicy.Preference.PREFERRED,
                Set.of(-7L),
                KeyPolicy.Conveyance.NONE,
                Optional.of("cross-platform"),
                Set.of());
        Registration ceremony = new Registration(PARTY, policy, AttestationTrust.nobody(), id -> false);
        ObjectNode answer = SoftKey.plain().registration();

        assertRefused(ceremony.finish(answer.toString(), POSED), "attached in another way");
        answer.put("authenticatorAttachment", "platform");
        assertRefused(ceremony.finish(answer.toString(), POSED), "attached in another way");
        answer.put("authenticatorAttachment", "cross-platform");
        assertThat(ceremony.finish(answer.toString(), POSED).passed()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"USB", "u_s_b", "", "a-transport-of-too-long-a-name"})
    void whatIsNoNameOfATransportIsRefused(String name) {
        ObjectNode answer = SoftKey.plain().registration();
        answer.withObject("response").putArray("transports").add("usb").add(name);

        assertRefused(lenient().finish(answer.toString(), POSED), "not names of transports");
    }

    @Test
    void thereAreAtMostEightTransports() {
        ObjectNode answer = SoftKey.plain().registration();
        ArrayNode transports = answer.withObject("response").putArray("transports");
        for (int i = 0; i < 8; i++) {
            transports.add("usb");
        }

        assertThat(lenient().finish(answer.toString(), POSED).passed())
                .hasValueSatisfying(key -> assertThat(key.transports()).hasSize(8));
        transports.add("nfc");
        assertRefused(lenient().finish(answer.toString(), POSED), "not names of transports");
    }

    @Test
    void theTwoIdsOfAnAnswerAreTheSame() {
        ObjectNode answer = SoftKey.plain().registration();
        answer.put("rawId", "AAAA");
        assertRefused(lenient().finish(answer.toString(), POSED), "credential.rawId is not credential.id");

        answer.remove("rawId");
        assertThat(lenient().finish(answer.toString(), POSED).passed()).isPresent();
    }

    @Test
    @DisplayName("WA-06: a key that somebody has already is refused")
    void aKnownKeyIsRefused() {
        SoftKey key = SoftKey.plain();
        Registration ceremony =
                new Registration(PARTY, policy(KeyPolicy.Conveyance.NONE, Set.of()), TRUST, id -> id.equals(key.id()));

        assertRefused(ceremony.finish(key.registration().toString(), POSED), "the key is registered already");
    }

    @Test
    void whatIsNoCertificateIsNoAnchor() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AttestationTrust.of("hello".getBytes(StandardCharsets.US_ASCII)));
        assertThatIllegalArgumentException().isThrownBy(() -> AttestationTrust.of(new byte[0]));
    }

    static Stream<WebAuthnModelAuthenticator> makers() {
        return Stream.of(
                new PackedAuthenticator(),
                new TPMAuthenticator(),
                new AndroidKeyAuthenticator(),
                new AppleAuthenticator(true));
    }

    private static Outcome<NewKey> finish(SoftKey key, AttestationTrust trust, Set<UUID> models) {
        return ceremony(trust, models).finish(key.registration().toString(), POSED);
    }

    private static Registration ceremony(AttestationTrust trust, Set<UUID> models) {
        return new Registration(PARTY, policy(KeyPolicy.Conveyance.DIRECT, models), trust, id -> false);
    }

    private static Registration lenient() {
        return new Registration(
                PARTY, policy(KeyPolicy.Conveyance.NONE, Set.of()), AttestationTrust.nobody(), id -> false);
    }

    private static KeyPolicy policy(KeyPolicy.Conveyance attestation, Set<UUID> models) {
        return new KeyPolicy(KeyPolicy.Preference.PREFERRED, Set.of(-7L, -257L), attestation, Optional.empty(), models);
    }

    private static void assertRefused(Outcome<NewKey> outcome, String reason) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason()).contains(reason));
    }
}
