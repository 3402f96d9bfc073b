package io.sallyport.factor.webauthn;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * What the browser says that it was asked, WebAuthn §5.8.1; both ceremonies hold it against the same expectations.
 *
 * @param type which ceremony
 * @param challenge the challenge that it answers
 * @param origin the page that asked
 * @param crossOrigin whether that page stood in a frame of another one
 * @param tokenBinding state of token binding; nothing where the browser has none
 */
record ClientData(String type, Bytes challenge, String origin, boolean crossOrigin, Optional<String> tokenBinding) {

    /** WebAuthn L2 §5.8.1, and what the FIDO server list adds to it. */
    private static final Set<String> BINDINGS_WITHOUT_ID = Set.of("supported", "not-supported");

    static ClientData parse(String json) {
        StrictJson c = StrictJson.parse(json, "C");
        return new ClientData(
                c.text("type"),
                c.bytes("challenge"),
                c.text("origin"),
                c.flag("crossOrigin") || c.optionalText("topOrigin").isPresent(),
                c.optionalObject("tokenBinding").map(binding -> binding.text("status")));
    }

    void isOfType(String wanted) {
        Refused.unless(type.equals(wanted), "C.type is not " + wanted);
    }

    /** The challenge that was posed, which the hash of it was kept of. */
    Bytes answers(ChallengeHash posed) {
        Refused.unless(posed.isOf(challenge), "C.challenge is not the one of this ceremony");
        return challenge;
    }

    /** Nothing of ours is meant to run in somebody else's frame. */
    void comesFrom(RelyingParty party) {
        Refused.unless(party.origins().contains(origin), "C.origin is not configured");
        Refused.unless(!crossOrigin, "C.crossOrigin is true");
    }

    /** No TLS connection of the server has token binding, so none can be present. */
    void hasNoTokenBinding() {
        Refused.unless(
                tokenBinding.isEmpty() || BINDINGS_WITHOUT_ID.contains(tokenBinding.get()),
                "C.tokenBinding.status does not match the connection");
    }

    static String utf8(Bytes bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toBytes()))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new Refused("clientDataJSON is not UTF-8");
        }
    }
}
