package io.sallyport.audit.sealing;

import io.sallyport.audit.seal.Checkpoint;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;

/**
 * A checkpoint as it is kept; whether its signature is good is somebody else's question.
 *
 * @param leaves how many rows it is about
 * @param jws the compact form
 */
record KeptCheckpoint(long leaves, String jws) {

    /** What a JWS says, whoever signed it; empty if it is none. */
    static Optional<String> payload(String jws) {
        try {
            return Optional.of(new String(new JWSInput(jws).getContent(), StandardCharsets.UTF_8));
        } catch (JWSInputException none) {
            return Optional.empty();
        }
    }

    /**
     * What it says about this realm's trail; empty if it is another one's, or none.
     *
     * @param payload what a JWS says
     */
    Optional<Checkpoint> says(String realmId, Function<String, Optional<String>> payload) {
        return payload.apply(jws)
                .flatMap(said -> Checkpoint.read(realmId, said))
                .filter(checkpoint -> checkpoint.size() == leaves);
    }
}
