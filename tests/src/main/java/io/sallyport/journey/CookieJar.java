package io.sallyport.journey;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The cookies of one browser at one server. Keycloak marks its cookies Secure and SameSite=None on http://localhost,
 * which browsers honour there, so Secure hides nothing here.
 */
final class CookieJar {

    private record Key(String name, String path) {}

    private final Map<Key, String> cookies = new LinkedHashMap<>();

    void store(URI from, List<String> setCookies) {
        setCookies.forEach(line -> store(from, line));
    }

    private void store(URI from, String line) {
        String[] parts = line.split(";", -1);
        String[] pair = parts[0].trim().split("=", 2);
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            String[] attribute = parts[i].trim().split("=", 2);
            attributes.put(attribute[0].toLowerCase(Locale.ROOT), attribute.length == 2 ? attribute[1] : "");
        }
        Key key = new Key(pair[0], attributes.getOrDefault("path", from.getPath()));
        if (attributes.getOrDefault("max-age", "").equals("0") || pair.length < 2) {
            cookies.remove(key);
        } else {
            cookies.put(key, pair[1]);
        }
    }

    /** The Cookie header for this address; empty if there is nothing to send. */
    Optional<String> headerFor(URI uri) {
        String header = cookies.entrySet().stream()
                .filter(cookie -> uri.getPath().startsWith(cookie.getKey().path()))
                .map(cookie -> cookie.getKey().name() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        return header.isEmpty() ? Optional.empty() : Optional.of(header);
    }

    void remove(String name) {
        cookies.keySet().removeIf(key -> key.name().equals(name));
    }

    /** What the cookie of this name holds, at whatever path. */
    Optional<String> value(String name) {
        return cookies.entrySet().stream()
                .filter(cookie -> cookie.getKey().name().equals(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
