package io.sallyport.resource;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Settings as they were written down; one that nobody reads is refused, because a typing error must not mean a default. */
final class SettingTexts {

    private static final String PREFIX = "sallyport.";
    private static final Set<String> KNOWN =
            Set.of("issuer", "server", "audience", "clients", "algorithms", "leeway", "timeout", "answer", "max-age");

    private final Map<String, String> texts;

    SettingTexts(Map<String, String> texts) {
        this.texts = Map.copyOf(texts);
        for (String key : texts.keySet()) {
            if (key.startsWith(PREFIX) && !KNOWN.contains(key.substring(PREFIX.length()))) {
                throw new IllegalArgumentException(key + " is no setting");
            }
        }
    }

    IllegalArgumentException missing(String name) {
        return new IllegalArgumentException(PREFIX + name + " is missing");
    }

    Optional<String> text(String name) {
        Optional<String> found = Optional.ofNullable(texts.get(PREFIX + name)).map(String::strip);
        if (found.filter(String::isEmpty).isPresent()) {
            throw new IllegalArgumentException(PREFIX + name + " is empty");
        }
        return found;
    }

    /** Tokens travel to it, so it is https, but for a server on this very machine. */
    Optional<URI> address(String name) {
        return text(name).map(text -> {
            boolean safe = text.matches("https://[^/?#@]+/[^?#]*[^/?#]")
                    || text.matches("http://(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]+)?/[^?#]*[^/?#]");
            if (!safe) {
                throw bad(name, text, "the realm's https address without a slash at the end");
            }
            return URI.create(text);
        });
    }

    Optional<Set<String>> words(String name, String pattern) {
        return text(name).map(text -> {
            List<String> words = List.of(text.split(" *, *", -1));
            if (!words.stream().allMatch(word -> word.matches(pattern))) {
                throw bad(name, text, "words like " + pattern + " between commas");
            }
            return Set.copyOf(words);
        });
    }

    Optional<Duration> seconds(String name, int least, int most) {
        return text(name).map(text -> {
            if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
                throw bad(name, text, least + " to " + most + " seconds");
            }
            return Duration.ofSeconds(Integer.parseInt(text));
        });
    }

    <E extends Enum<E>> Optional<E> one(String name, E[] values) {
        return text(name)
                .map(text -> Arrays.stream(values)
                        .filter(value -> value.name().equals(text))
                        .findFirst()
                        .orElseThrow(() -> bad(
                                name,
                                text,
                                Arrays.stream(values).map(Enum::name).collect(Collectors.joining(" or ")))));
    }

    private static IllegalArgumentException bad(String name, String found, String wanted) {
        return new IllegalArgumentException(PREFIX + name + " = " + found + ", want " + wanted);
    }
}
