package io.sallyport.factor.webauthn;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * What a browser sends after {@code navigator.credentials.get}.
 *
 * @param id credential id of the key that signed
 * @param clientData the bytes whose hash was signed
 * @param authenticatorData what the authenticator says, signed too
 * @param signature over both
 * @param userHandle whose key it is, where the authenticator knows
 */
public record AssertionAnswer(
        Bytes id, Bytes clientData, Bytes authenticatorData, Bytes signature, Optional<Bytes> userHandle) {

    /** The answer in JSON. */
    static AssertionAnswer parse(String text) {
        CredentialJson json = CredentialJson.parse(text);
        return new AssertionAnswer(
                json.id(),
                json.response().bytes("clientDataJSON"),
                json.response().bytes("authenticatorData"),
                json.response().bytes("signature"),
                json.response()
                        .optionalText("userHandle")
                        .filter(handle -> !handle.isEmpty())
                        .map(handle -> Bytes.ofBase64Url(handle, "credential.response.userHandle")));
    }

    /** The answer as a browser would have written it. */
    public String toJson() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", id.base64Url())
                .put("rawId", id.base64Url())
                .put("type", "public-key");
        ObjectNode response = json.putObject("response")
                .put("clientDataJSON", clientData.base64Url())
                .put("authenticatorData", authenticatorData.base64Url())
                .put("signature", signature.base64Url());
        userHandle.ifPresent(handle -> response.put("userHandle", handle.base64Url()));
        return json.toString();
    }
}
