package io.sallyport.resource;

import java.util.Map;

/**
 * States what a request is about to do: the amount, the payee. It must come from where the action itself takes it, best from
 * the application's own records, because only what stands here is held against what the user approved.
 *
 * @param <R> the request as the adapter's world knows it
 */
@FunctionalInterface
public interface ActionDetails<R> {

    /** An action without any details. */
    static <R> ActionDetails<R> none() {
        return request -> Map.of();
    }

    /** The details by name: texts, booleans, numbers that a double keeps exactly, lists of texts. */
    Map<String, ?> of(R request);
}
