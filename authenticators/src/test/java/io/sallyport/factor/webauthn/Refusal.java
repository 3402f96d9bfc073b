package io.sallyport.factor.webauthn;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;

/**
 * A case of the FIDO server list: what is spoiled, and which check of ours must notice it.
 *
 * @param name the case as the list names it
 * @param noticed part of the reason of the refusal
 * @param spoil what is done to an honest answer
 */
record Refusal(String name, String noticed, Consumer<ObjectNode> spoil) {

    static Refusal of(String name, String noticed, Consumer<ObjectNode> spoil) {
        return new Refusal(name, noticed, spoil);
    }

    /** A member of the answer's response is spoiled. */
    static Refusal inResponse(String name, String noticed, Consumer<ObjectNode> spoil) {
        return new Refusal(name, noticed, json -> spoil.accept(json.withObject("response")));
    }

    @Override
    public String toString() {
        return name;
    }
}
