package io.sallyport.factor.webauthn;

/**
 * One numbered step of a ceremony. What it proves is the step after it, which can't be had in another way.
 *
 * @param <T> what the whole ceremony proves
 */
interface Step<T> {

    /** Does the step; the one after it. */
    Step<T> next();

    /** Does the step and all after it. */
    default T run() {
        return next().run();
    }

    /**
     * The end of a ceremony.
     *
     * @param value what it proved
     */
    record Done<T>(T value) implements Step<T> {
        @Override
        public Step<T> next() {
            return this;
        }

        @Override
        public T run() {
            return value;
        }
    }
}
