package io.sallyport.factor.webauthn;

import java.util.Optional;

/**
 * A public key credential in the JSON form that {@code PublicKeyCredential.toJSON()} gives (WebAuthn L3 §5.1).
 *
 * @param id the credential's id
 * @param attachment how the authenticator is connected, as the browser says
 * @param response the answer of the authenticator
 */
record CredentialJson(Bytes id, Optional<String> attachment, StrictJson response) {

    /** The longest known answer, a TPM's with its certificates, has a tenth of it. */
    static final int MAX_CHARACTERS = 65_536;

    static CredentialJson parse(String text) {
        Refused.unless(text.length() <= MAX_CHARACTERS, "the credential has too many characters");
        StrictJson json = StrictJson.parse(text, "credential");
        Bytes id = json.bytes("id");
        Refused.unless(id.length() <= AuthData.Attested.MAX_ID_BYTES, "the credential id has too many bytes");
        Refused.unless(
                json.optionalText("rawId")
                        .map(raw -> raw.equals(id.base64Url()))
                        .orElse(true),
                "credential.rawId is not credential.id");
        Refused.unless(json.text("type").equals("public-key"), "credential.type is not public-key");
        json.optionalObject("clientExtensionResults");
        return new CredentialJson(id, json.optionalText("authenticatorAttachment"), json.object("response"));
    }
}
