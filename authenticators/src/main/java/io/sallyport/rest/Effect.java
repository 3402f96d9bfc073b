package io.sallyport.rest;

import java.util.Map;
import org.keycloak.models.KeycloakSession;

/** What a call does, and how it is answered when its caller repeats it. */
interface Effect {

    /**
     * Has the effect, and leaves word of it in the memory. What throws {@link io.sallyport.json.Refused} had one too; what
     * throws anything else had none.
     *
     * @return the answer, as JSON
     */
    Map<String, Object> act(Memory memory);

    /**
     * Answers the repetition, without any effect.
     *
     * @param outcome what was kept in the memory
     */
    Map<String, Object> again(String outcome);

    /** What is known of a call once it was made. */
    interface Memory {

        /** For calls that nobody can repeat. */
        Memory NONE = new Memory() {
            @Override
            public void keep(KeycloakSession in, String outcome) {
                // nobody will ask
            }

            @Override
            public void forget() {
                // nothing is known
            }
        };

        /**
         * Keeps what came of the call.
         *
         * @param in the transaction of the effect
         * @param outcome at most 255 characters from which the answer can be made again: an id, never a secret
         */
        void keep(KeycloakSession in, String outcome);

        /** It came to nothing after all. */
        void forget();
    }
}
