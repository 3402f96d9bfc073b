package io.sallyport.factor;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Whether a factor asks now. */
public sealed interface Asking {

    /** One case each. */
    <T> T match(Function<Asks, T> asks, Function<NotNow, T> notNow);

    /** It asks this. */
    record Asks(Question question) implements Asking {
        @Override
        public <T> T match(Function<Asks, T> asks, Function<NotNow, T> notNow) {
            return asks.apply(this);
        }
    }

    /**
     * It does not, and nothing was sent.
     *
     * @param message key of what the user is told
     * @param reason as events name it
     * @param retryAt when it may be tried again; absent if nobody knows
     */
    record NotNow(String message, String reason, Optional<Instant> retryAt) implements Asking {
        @Override
        public <T> T match(Function<Asks, T> asks, Function<NotNow, T> notNow) {
            return notNow.apply(this);
        }
    }
}
