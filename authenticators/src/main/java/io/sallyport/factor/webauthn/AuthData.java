package io.sallyport.factor.webauthn;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * Authenticator data, WebAuthn §6.1, read to its last byte.
 *
 * @param rpIdHash SHA-256 of the RP ID that the authenticator signed for
 * @param flags the eight bits
 * @param signCount the signature counter; 0 if the authenticator has none
 * @param attested the key that was made; only in a registration
 */
record AuthData(Bytes rpIdHash, int flags, long signCount, Optional<Attested> attested) {

    private static final int UP = 0x01;
    private static final int UV = 0x04;
    private static final int BE = 0x08;
    private static final int BS = 0x10;
    private static final int AT = 0x40;
    private static final int ED = 0x80;

    private static final int HASH_BYTES = 32;

    /**
     * A new key, WebAuthn §6.5.1.
     *
     * @param aaguid the model of the authenticator
     * @param credentialId its handle
     * @param algorithm COSE number of its algorithm
     */
    record Attested(UUID aaguid, Bytes credentialId, long algorithm) {

        /** WebAuthn L3 §4: a credential id has at most 1023 bytes. */
        static final int MAX_ID_BYTES = 1023;

        private static final long COSE_ALG = 3;

        private static Attested read(ByteBuffer in) {
            UUID aaguid = new UUID(in.getLong(), in.getLong());
            Bytes id = bytes(in, in.getShort() & 0xffff);
            Refused.unless(
                    id.length() > 0 && id.length() <= MAX_ID_BYTES, "the credential id has no or too many bytes");
            if (Cbor.map(in, "the public key").get(COSE_ALG) instanceof Long algorithm) {
                return new Attested(aaguid, id, algorithm);
            }
            throw new Refused("the public key has no algorithm");
        }
    }

    static AuthData parse(Bytes bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes.toBytes());
        try {
            Bytes rpIdHash = bytes(in, HASH_BYTES);
            int flags = in.get() & 0xff;
            long signCount = in.getInt() & 0xffff_ffffL;
            Optional<Attested> attested = (flags & AT) == 0 ? Optional.empty() : Optional.of(Attested.read(in));
            if ((flags & ED) != 0) {
                Cbor.map(in, "the extensions");
            }
            Refused.unless(!in.hasRemaining(), "the authenticator data has leftover bytes");
            return new AuthData(rpIdHash, flags, signCount, attested);
        } catch (BufferUnderflowException tooShort) {
            throw new Refused("the authenticator data is too short");
        }
    }

    void isFor(RelyingParty party) {
        Bytes wanted = Bytes.of(party.id().getBytes(StandardCharsets.UTF_8)).sha256();
        Refused.unless(rpIdHash.equals(wanted), "authData is for another RP ID");
    }

    void hasUserPresent() {
        Refused.unless((flags & UP) != 0, "the user was not present");
        // WebAuthn L3 §6.1.3: what can't be backed up isn't backed up
        Refused.unless(backupEligible() || (flags & BS) == 0, "the flags of authData contradict each other");
    }

    void hasUserVerifiedIf(KeyPolicy.Preference preference) {
        Refused.unless(preference != KeyPolicy.Preference.REQUIRED || userVerified(), "the user was not verified");
    }

    boolean userVerified() {
        return (flags & UV) != 0;
    }

    /** Whether the key may be copied to other devices of its owner. */
    boolean backupEligible() {
        return (flags & BE) != 0;
    }

    private static Bytes bytes(ByteBuffer in, int length) {
        Refused.unless(length <= in.remaining(), "the authenticator data is too short");
        byte[] bytes = new byte[length];
        in.get(bytes);
        return Bytes.of(bytes);
    }
}
