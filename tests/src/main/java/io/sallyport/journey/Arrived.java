package io.sallyport.journey;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The browser was sent back to an application, with an answer in the query or the fragment. */
public record Arrived(URI uri) implements Page {

    /** A parameter of the query or of the fragment. */
    public Optional<String> parameter(String name) {
        Map<String, String> all = new LinkedHashMap<>();
        Optional.ofNullable(uri.getRawQuery()).map(Form::decode).ifPresent(all::putAll);
        Optional.ofNullable(uri.getRawFragment()).map(Form::decode).ifPresent(all::putAll);
        return Optional.ofNullable(all.get(name));
    }

    /** The authorization code. */
    public String code() {
        return parameter("code").orElseThrow(() -> new Unexpected("redirect to the application", uri, "a code"));
    }

    @Override
    public String describe() {
        return "a redirect to " + uri;
    }
}
