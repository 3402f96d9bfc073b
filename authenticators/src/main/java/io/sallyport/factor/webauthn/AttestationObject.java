package io.sallyport.factor.webauthn;

import java.util.Map;

/**
 * What an authenticator made, WebAuthn §6.5, and nothing beside it.
 *
 * @param format of the statement
 * @param authData the authenticator data
 * @param attested the key in it
 */
record AttestationObject(String format, AuthData authData, AuthData.Attested attested) {

    private static final int MAX_FORMAT = 32; // WebAuthn §8.1

    static AttestationObject parse(Bytes bytes) {
        Map<?, ?> map = Cbor.map(bytes, "the attestation object");
        Refused.unless(map.get("attStmt") instanceof Map, "attStmt is not a map");
        if (map.get("fmt") instanceof String format
                && format.length() <= MAX_FORMAT
                && map.get("authData") instanceof Bytes raw) {
            AuthData authData = AuthData.parse(raw);
            return new AttestationObject(
                    format,
                    authData,
                    authData.attested().orElseThrow(() -> new Refused("there is no key in authData")));
        }
        throw new Refused("fmt or authData is missing or of another type");
    }
}
