package io.sallyport.factor;

import java.util.function.Function;
import java.util.function.Supplier;

/** What became of a question that had to be sent. */
public sealed interface Handover {

    /** One case each. */
    <T> T match(Supplier<T> done, Function<Unclear, T> unclear, Function<Failed, T> failed);

    /** It is on its way. */
    record Done() implements Handover {
        @Override
        public <T> T match(Supplier<T> done, Function<Unclear, T> unclear, Function<Failed, T> failed) {
            return done.get();
        }
    }

    /**
     * Nobody knows whether it is; if it arrives, it can be answered.
     *
     * @param reason as events name it
     */
    record Unclear(String reason) implements Handover {
        @Override
        public <T> T match(Supplier<T> done, Function<Unclear, T> unclear, Function<Failed, T> failed) {
            return unclear.apply(this);
        }
    }

    /** It never left. */
    record Failed(Asking.NotNow problem) implements Handover {
        @Override
        public <T> T match(Supplier<T> done, Function<Unclear, T> unclear, Function<Failed, T> failed) {
            return failed.apply(this);
        }
    }
}
