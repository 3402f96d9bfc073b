package io.sallyport.form;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;
import org.keycloak.http.HttpRequest;

/** A posted form, read strictly: a field that stands twice or is longer than any of ours counts as malformed. */
public final class PostedForm {

    private static final int MAX_LENGTH = 256;
    private static final String MALFORMED = "\0";

    private final MultivaluedMap<String, String> fields;

    private PostedForm(MultivaluedMap<String, String> fields) {
        this.fields = fields;
    }

    /** The form of this request. */
    public static PostedForm of(HttpRequest request) {
        return new PostedForm(request.getDecodedFormParameters());
    }

    /** The value of the field; empty if it is missing or empty. A malformed one has a value that nothing accepts. */
    public Optional<String> text(String name) {
        List<String> values = fields.getOrDefault(name, List.of());
        if (values.size() > 1 || values.stream().anyMatch(value -> value.length() > MAX_LENGTH)) {
            return Optional.of(MALFORMED);
        }
        return values.stream().findFirst().map(String::strip).filter(value -> !value.isEmpty());
    }

    /** The value of a field that is a document; empty if it is missing or empty, malformed if it is longer than this. */
    public Optional<String> document(String name, int maxLength) {
        List<String> values = fields.getOrDefault(name, List.of());
        if (values.size() > 1 || values.stream().anyMatch(value -> value.length() > maxLength)) {
            return Optional.of(MALFORMED);
        }
        return values.stream().findFirst().filter(value -> !value.isEmpty());
    }

    /** Whether the form has the field at all. */
    public boolean has(String name) {
        return fields.containsKey(name);
    }
}
