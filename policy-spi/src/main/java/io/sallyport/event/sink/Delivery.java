package io.sallyport.event.sink;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What became of one event at its sink. The reason is for administrators: no secret, no text of another system. */
public sealed interface Delivery {

    /** It need not be sent again. */
    static Delivery accepted() {
        return new Accepted();
    }

    /** It is to be sent again, by and by. */
    static Delivery tryAgain(String reason) {
        return new TryAgain(reason, Optional.empty());
    }

    /** It is to be sent again, not before this time has passed; at most an hour counts. */
    static Delivery tryAgain(String reason, Duration after) {
        return new TryAgain(reason, Optional.of(after));
    }

    /** It is never going to be taken: an administrator sees it among the dead letters. */
    static Delivery refused(String reason) {
        return new Refused(reason);
    }

    /** Every case has its answer. */
    <T> T match(Supplier<T> accepted, Function<TryAgain, T> tryAgain, Function<Refused, T> refused);

    /** It arrived. */
    record Accepted() implements Delivery {
        @Override
        public <T> T match(Supplier<T> accepted, Function<TryAgain, T> tryAgain, Function<Refused, T> refused) {
            return accepted.get();
        }
    }

    /** It did not arrive, or nobody knows. */
    record TryAgain(String reason, Optional<Duration> after) implements Delivery {
        @Override
        public <T> T match(Supplier<T> accepted, Function<TryAgain, T> tryAgain, Function<Refused, T> refused) {
            return tryAgain.apply(this);
        }
    }

    /** It arrived and is not wanted. */
    record Refused(String reason) implements Delivery {
        @Override
        public <T> T match(Supplier<T> accepted, Function<TryAgain, T> tryAgain, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
