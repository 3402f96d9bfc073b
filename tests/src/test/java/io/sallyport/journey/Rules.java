package io.sallyport.journey;

import java.util.List;
import java.util.Map;

/** Policy documents as set-up takes them. */
final class Rules {

    /** Everybody must prove MFA. */
    static final Map<String, Object> FOR_ALL = document(Map.of("name", "everybody", "required", true));

    /** Nobody must. */
    static final Map<String, Object> NONE = Map.of("rules", List.of());

    private Rules() {}

    static Map<String, Object> document(Map<String, Object> rule) {
        return Map.of("rules", List.of(rule));
    }
}
