package io.sallyport.journey;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** Sends calls to one node or the other, whatever happens to them, and writes down what it saw. */
final class Sender {

    /** So that a node that is down is not all that anybody does. */
    private static final Duration BREATH = Duration.ofMillis(50);

    private final List<MfaRealm> nodes;
    private final Book book;
    private final Random random = new Random();

    /** One call; all of its requests carry the correlation id. */
    interface Call {
        Reply by(Traced traced);
    }

    Sender(List<MfaRealm> nodes, Book book) {
        this.nodes = List.copyOf(nodes);
        this.book = book;
    }

    /** About nobody. */
    Seen send(DeedKind kind, Call call) {
        return send(kind, "", List.of(), call);
    }

    Seen send(DeedKind kind, Member about, Call call) {
        return send(kind, about.id(), List.of(), call);
    }

    Seen send(DeedKind kind, Member about, List<String> uses, Call call) {
        return send(kind, about.id(), uses, call);
    }

    private Seen send(DeedKind kind, String user, List<String> uses, Call call) {
        String correlation = UUID.randomUUID().toString();
        Seen seen = seen(new Traced(nodes.get(random.nextInt(nodes.size())), correlation), call);
        String error = seen.answer() == Seen.Answer.REFUSED ? seen.text("error") : "";
        book.note(new Deed(correlation, kind, user, uses, seen.answer(), error));
        if (seen.unknown()) {
            LockSupport.parkNanos(BREATH.toNanos());
        }
        return seen;
    }

    private static Seen seen(Traced traced, Call call) {
        try {
            return Seen.of(call.by(traced));
        } catch (UncheckedIOException | Unexpected gone) {
            return Seen.nothing(); // the call itself, or the token that it wanted before
        }
    }
}
