package io.sallyport.provider;

import java.util.function.Function;
import java.util.function.IntFunction;

/** Reads whole numbers within bounds. */
record Bounded<T>(int least, int most, IntFunction<T> value) implements Function<String, T> {

    @Override
    public T apply(String text) {
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException(least + " to " + most);
        }
        return value.apply(Integer.parseInt(text));
    }
}
