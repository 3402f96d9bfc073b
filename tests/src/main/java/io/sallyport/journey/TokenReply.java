package io.sallyport.journey;

import java.util.stream.Stream;

/** The token endpoint's answer: tokens, or a refusal. */
public record TokenReply(Reply reply) {

    /** Whether any token at all was given. */
    public boolean granted() {
        return Stream.of("access_token", "id_token", "refresh_token")
                .anyMatch(name -> reply.json().has(name));
    }

    /** The tokens, which must be there. */
    public Tokens tokens() {
        return Tokens.from(reply.expect(200).json());
    }

    public int status() {
        return reply.status();
    }

    /** The error code of a refusal (RFC 6749 §5.2); empty if there is none. */
    public String error() {
        return reply.json().path("error").asText();
    }

    /** Status and error in a few words, for messages. */
    public String describe() {
        return granted() ? "a token" : reply.status() + " " + reply.body();
    }
}
