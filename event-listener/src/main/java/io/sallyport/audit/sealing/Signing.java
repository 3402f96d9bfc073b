package io.sallyport.audit.sealing;

import io.sallyport.audit.seal.Checkpoint;
import io.sallyport.audit.seal.Cut;
import java.util.Optional;

/** The realm's signature below a checkpoint or a cut. */
interface Signing {

    /** What a stored signature turns out to be. */
    enum Finding {
        GENUINE,
        /** By a key that the realm does not have: whoever made it up may have signed. */
        UNKNOWN_KEY,
        /** The realm is gone, and its keys with it. */
        NO_REALM,
        FORGED
    }

    /** What a JWS says, whoever signed it; empty if it is none. */
    Optional<String> payload(String jws);

    /**
     * The JWS; empty if there is no realm any more that could sign.
     *
     * @param tree what this trail is told from another one of the realm by
     */
    Optional<String> sign(Checkpoint checkpoint, String tree);

    /** What the JWS of a checkpoint says that its trail is told by; older ones say nothing. */
    Optional<String> tree(String jws);

    /** Whether the realm signed exactly this. */
    Finding check(String jws, Checkpoint checkpoint);

    /** The JWS; empty as above. */
    Optional<String> sign(Cut cut);

    /** Whether the realm signed exactly this. */
    Finding check(String jws, Cut cut);
}
