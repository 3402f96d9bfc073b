package io.sallyport.audit.sealing;

import io.sallyport.audit.seal.Checkpoint;
import io.sallyport.audit.seal.Cut;
import java.util.Optional;

/** The realm's signature below a checkpoint or a cut. */
interface Signing {

    /** What a stored signature turns out to be. */
    enum Finding {
        GENUINE,
        /** The realm no longer has the key. */
        UNKNOWN_KEY,
        FORGED
    }

    /** The JWS; empty if there is no realm any more that could sign. */
    Optional<String> sign(Checkpoint checkpoint);

    /** Whether the realm signed exactly this. */
    Finding check(String jws, Checkpoint checkpoint);

    /** The JWS; empty as above. */
    Optional<String> sign(Cut cut);

    /** Whether the realm signed exactly this. */
    Finding check(String jws, Cut cut);
}
