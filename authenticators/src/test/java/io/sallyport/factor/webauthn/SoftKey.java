package io.sallyport.factor.webauthn;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.webauthn4j.converter.AttestationObjectConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.AttestationConveyancePreference;
import com.webauthn4j.data.AuthenticatorAttestationResponse;
import com.webauthn4j.data.AuthenticatorSelectionCriteria;
import com.webauthn4j.data.PublicKeyCredential;
import com.webauthn4j.data.PublicKeyCredentialCreationOptions;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialRpEntity;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.PublicKeyCredentialUserEntity;
import com.webauthn4j.data.UserVerificationRequirement;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.data.extension.client.RegistrationExtensionClientOutput;
import com.webauthn4j.test.TestDataUtil;
import com.webauthn4j.test.authenticator.AuthenticatorAdaptor;
import com.webauthn4j.test.authenticator.u2f.FIDOU2FAuthenticator;
import com.webauthn4j.test.authenticator.u2f.FIDOU2FAuthenticatorAdaptor;
import com.webauthn4j.test.authenticator.webauthn.PackedAuthenticator;
import com.webauthn4j.test.authenticator.webauthn.WebAuthnAuthenticatorAdaptor;
import com.webauthn4j.test.authenticator.webauthn.WebAuthnModelAuthenticator;
import com.webauthn4j.test.client.ClientPlatform;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** An authenticator of webauthn4j-test with a browser around it; what it answers can be spoiled before it is signed. */
final class SoftKey {

    static final RelyingParty PARTY = new RelyingParty("example.org", Set.of("https://login.example.org"));
    static final Bytes CHALLENGE = Bytes.of("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));
    static final ChallengeHash POSED = ChallengeHash.of(CHALLENGE);
    static final Bytes USER = Bytes.of("user-1".getBytes(StandardCharsets.UTF_8));

    private static final ObjectMapper JSON = new ObjectMapper();

    private final WebAuthnModelAuthenticator authenticator;
    private final Bytes id;
    private final ObjectNode registration;

    private SoftKey(WebAuthnModelAuthenticator authenticator, Bytes id, ObjectNode registration) {
        this.authenticator = authenticator;
        this.id = id;
        this.registration = registration;
    }

    /** Makes a key without an attestation. */
    static SoftKey plain() {
        return make(new PackedAuthenticator(), AttestationConveyancePreference.NONE);
    }

    /** Makes a key that its maker vouches for. */
    static SoftKey attested(WebAuthnModelAuthenticator authenticator) {
        return make(authenticator, AttestationConveyancePreference.DIRECT);
    }

    private static SoftKey make(WebAuthnModelAuthenticator authenticator, AttestationConveyancePreference attestation) {
        ObjectNode json = made(
                new WebAuthnAuthenticatorAdaptor(authenticator), UserVerificationRequirement.REQUIRED, attestation);
        return new SoftKey(authenticator, bytes(json, "id"), json);
    }

    /** What a key of before FIDO2 answers to a registration: it knows no user. */
    static ObjectNode ofU2f(FIDOU2FAuthenticator authenticator) {
        return made(
                new FIDOU2FAuthenticatorAdaptor(authenticator),
                UserVerificationRequirement.DISCOURAGED,
                AttestationConveyancePreference.DIRECT);
    }

    private static ObjectNode made(
            AuthenticatorAdaptor authenticator,
            UserVerificationRequirement verification,
            AttestationConveyancePreference attestation) {
        boolean resident = verification.equals(UserVerificationRequirement.REQUIRED);
        PublicKeyCredential<AuthenticatorAttestationResponse, RegistrationExtensionClientOutput> made =
                new ClientPlatform(new Origin(PARTY.origins().iterator().next()), authenticator)
                        .create(new PublicKeyCredentialCreationOptions(
                                new PublicKeyCredentialRpEntity(PARTY.id(), "Example"),
                                new PublicKeyCredentialUserEntity(USER.toBytes(), "user", "User"),
                                new DefaultChallenge(CHALLENGE.toBytes()),
                                List.of(new PublicKeyCredentialParameters(
                                        PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.ES256)),
                                null,
                                List.of(),
                                new AuthenticatorSelectionCriteria(null, resident, verification),
                                attestation,
                                null));
        ObjectNode json = envelope(Bytes.of(Objects.requireNonNull(made.getRawId())));
        AuthenticatorAttestationResponse response = Objects.requireNonNull(made.getResponse());
        json.withObject("response")
                .put("clientDataJSON", Bytes.of(response.getClientDataJSON()).base64Url())
                .put(
                        "attestationObject",
                        Bytes.of(response.getAttestationObject()).base64Url());
        return json;
    }

    /** The answer to the registration; a copy. */
    ObjectNode registration() {
        return registration.deepCopy();
    }

    /** The registration with a statement that the key itself signed, packed without certificates. */
    ObjectNode selfAttested() throws IOException {
        ObjectNode json = registration();
        ObjectNode response = json.withObject("response");
        ObjectMapper cbor = new CBORMapper();
        ObjectNode object =
                (ObjectNode) cbor.readTree(bytes(response, "attestationObject").toBytes());
        Bytes authData = Bytes.of(object.get("authData").binaryValue());
        byte[] signature =
                sign(joined(authData, bytes(response, "clientDataJSON").sha256()));
        object.put("fmt", "packed").putObject("attStmt").put("alg", -7).put("sig", signature);
        response.put(
                "attestationObject", Bytes.of(cbor.writeValueAsBytes(object)).base64Url());
        return json;
    }

    Bytes id() {
        return id;
    }

    StoredKey stored() {
        byte[] object =
                bytes(registration.withObject("response"), "attestationObject").toBytes();
        AuthenticatorData<?> authData = Objects.requireNonNull(
                        new AttestationObjectConverter(new ObjectConverter()).convert(object))
                .getAuthenticatorData();
        AttestedCredentialData credential = Objects.requireNonNull(authData.getAttestedCredentialData());
        return new StoredKey(id, credential);
    }

    /** An honest answer to the challenge. */
    ObjectNode assertion(int flags, int signCount) {
        return assertion(clientData("webauthn.get"), authData(PARTY.id(), flags, signCount));
    }

    /** An answer with this client data and this authenticator data, rightly signed whatever they are. */
    ObjectNode assertion(Bytes clientData, Bytes authData) {
        return assertion(clientData, authData, clientData.sha256());
    }

    /** An answer whose signature is over another hash. */
    ObjectNode assertion(Bytes clientData, Bytes authData, Bytes hash) {
        ObjectNode json = envelope(id);
        json.withObject("response")
                .put("clientDataJSON", clientData.base64Url())
                .put("authenticatorData", authData.base64Url())
                .put("signature", Bytes.of(sign(joined(authData, hash))).base64Url())
                .put("userHandle", USER.base64Url());
        return json;
    }

    static Bytes clientData(String type) {
        return utf8(clientDataJson(type).toString());
    }

    static ObjectNode clientDataJson(String type) {
        return JSON.createObjectNode()
                .put("type", type)
                .put("challenge", CHALLENGE.base64Url())
                .put("origin", PARTY.origins().iterator().next())
                .put("crossOrigin", false);
    }

    static Bytes authData(String rpId, int flags, int signCount) {
        return Bytes.of(ByteBuffer.allocate(37)
                .put(utf8(rpId).sha256().toBytes())
                .put((byte) flags)
                .putInt(signCount)
                .array());
    }

    static Bytes utf8(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    static Bytes joined(Bytes... parts) {
        ByteBuffer buffer =
                ByteBuffer.allocate(Stream.of(parts).mapToInt(Bytes::length).sum());
        Stream.of(parts).forEach(part -> buffer.put(part.toBytes()));
        return Bytes.of(buffer.array());
    }

    private static Bytes bytes(ObjectNode response, String member) {
        return Bytes.ofBase64Url(response.get(member).textValue(), member);
    }

    private byte[] sign(Bytes signed) {
        PrivateKey key = Objects.requireNonNull(
                authenticator.lookup(id.toBytes()).getPrivateKey().getPrivateKey());
        return TestDataUtil.calculateSignature(key, signed.toBytes());
    }

    private static ObjectNode envelope(Bytes id) {
        ObjectNode json = JSON.createObjectNode()
                .put("id", id.base64Url())
                .put("rawId", id.base64Url())
                .put("type", "public-key");
        json.putObject("clientExtensionResults");
        json.putObject("response");
        return json;
    }
}
