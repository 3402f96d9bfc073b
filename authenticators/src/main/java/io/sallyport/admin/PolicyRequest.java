package io.sallyport.admin;

import io.sallyport.json.InvalidRequest;
import io.sallyport.json.JsonBody;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of a call that changes the policy.
 *
 * @param content the rule or the document
 * @param reason why it is changed; absent if nobody said
 */
record PolicyRequest(Map<String, Object> content, Optional<String> reason) {

    /** A document of about 20,000 rules. */
    static final int MAX_BYTES = 5 * 1024 * 1024;

    /**
     * A rule; its own reason is why it is changed, unless the query says otherwise.
     *
     * @throws InvalidRequest naming every problem
     */
    static PolicyRequest rule(InputStream body, @Nullable String query) {
        Map<String, Object> rule = JsonBody.object(body, MAX_BYTES);
        Optional<String> own = rule.get("reason") instanceof String text ? Optional.of(text) : Optional.empty();
        return new PolicyRequest(rule, Optional.ofNullable(query).or(() -> own));
    }

    /**
     * A document; the reason stands beside its rules or in the query.
     *
     * @throws InvalidRequest naming every problem
     */
    static PolicyRequest document(InputStream body, @Nullable String query) {
        Map<String, Object> document = JsonBody.object(body, MAX_BYTES);
        Object beside = document.remove("reason");
        if (beside != null && !(beside instanceof String)) {
            throw new InvalidRequest(List.of("$.reason: want a text"));
        }
        return new PolicyRequest(document, Optional.ofNullable(query).or(() -> Optional.ofNullable((String) beside)));
    }

    /**
     * Why the policy is changed.
     *
     * @throws InvalidRequest if nobody said, or too much
     */
    String why() {
        return why(reason);
    }

    static String why(Optional<String> reason) {
        String text = reason.map(String::strip)
                .filter(given -> !given.isEmpty())
                .orElseThrow(() -> new InvalidRequest(List.of("reason: is missing")));
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidRequest(List.of("reason: has control characters"));
        }
        if (text.length() > RequestBody.MAX_REASON) {
            throw new InvalidRequest(
                    List.of("reason: has " + text.length() + " characters, want at most " + RequestBody.MAX_REASON));
        }
        return text;
    }

    /** A number that says which state of things the author has seen. */
    Optional<Long> seen(String field) {
        Object value = content.get(field);
        if (value == null && !content.containsKey(field)) {
            return Optional.empty();
        }
        if (value instanceof Integer || value instanceof Long) {
            return Optional.of(((Number) value).longValue());
        }
        throw new InvalidRequest(List.of("$." + field + ": want a whole number"));
    }
}
