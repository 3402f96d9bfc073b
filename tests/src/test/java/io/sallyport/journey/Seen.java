package io.sallyport.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * What a client saw of one call.
 *
 * @param reply absent if the connection broke
 */
record Seen(Answer answer, Optional<Reply> reply) {

    /** What a client can tell. */
    enum Answer {
        DONE,
        REFUSED,
        /** A broken connection, or a server that could not do its part: it may or may not have had its effect. */
        UNKNOWN
    }

    static Seen of(Reply reply) {
        return new Seen(answer(reply.status()), Optional.of(reply));
    }

    static Seen nothing() {
        return new Seen(Answer.UNKNOWN, Optional.empty());
    }

    private static Answer answer(int status) {
        if (status >= 500) {
            return Answer.UNKNOWN;
        }
        return status < 300 ? Answer.DONE : Answer.REFUSED;
    }

    boolean done() {
        return answer == Answer.DONE;
    }

    boolean unknown() {
        return answer == Answer.UNKNOWN;
    }

    /** What the answer says by this name; empty if it says nothing of it. */
    String text(String name) {
        return json().path(name).asText();
    }

    JsonNode json() {
        try {
            return reply.map(Reply::body).map(Json::read).orElse(Json.read("{}"));
        } catch (UncheckedIOException page) {
            return Json.read("{}"); // of Keycloak itself, which nobody reads here
        }
    }
}
