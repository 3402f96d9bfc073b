package io.sallyport.provider;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Reads one of a few values, each by its name. */
record OneOf<T>(List<T> values, Function<T, String> name) implements Function<String, T> {

    static final OneOf<Boolean> BOOL = new OneOf<>(List.of(true, false), String::valueOf);

    OneOf {
        values = List.copyOf(values);
    }

    static <E extends Enum<E>> OneOf<E> of(E[] values) {
        return new OneOf<>(Arrays.asList(values), Enum::name);
    }

    @Override
    public T apply(String text) {
        return values.stream()
                .filter(value -> name.apply(value).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(String.join(" or ", names())));
    }

    List<String> names() {
        return values.stream().map(name).toList();
    }
}
