package io.sallyport.factor.webauthn;

import java.util.List;
import java.util.Optional;

/**
 * What a browser sends after {@code navigator.credentials.create}.
 *
 * @param id credential id, as the browser says
 * @param clientData the bytes that were hashed
 * @param attestationObject what the authenticator made
 * @param transports how the authenticator can be reached
 * @param attachment how it is connected, as the browser says
 */
record AttestationAnswer(
        Bytes id, Bytes clientData, Bytes attestationObject, List<String> transports, Optional<String> attachment) {

    private static final int MAX_TRANSPORTS = 8;

    static AttestationAnswer parse(String text) {
        CredentialJson json = CredentialJson.parse(text);
        List<String> transports = json.response().texts("transports");
        Refused.unless(
                transports.size() <= MAX_TRANSPORTS
                        && transports.stream().allMatch(name -> name.matches("[a-z-]{1,20}")),
                "credential.response.transports are not names of transports");
        return new AttestationAnswer(
                json.id(),
                json.response().bytes("clientDataJSON"),
                json.response().bytes("attestationObject"),
                List.copyOf(transports),
                json.attachment());
    }
}
