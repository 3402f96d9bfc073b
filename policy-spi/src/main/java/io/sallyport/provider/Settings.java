package io.sallyport.provider;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of one realm: every value is known to be valid, everything not set has its default. */
public final class Settings {

    /** As long as a column. */
    static final int MAX_TEXT = 2000;

    private final Map<String, String> texts;
    private final Map<String, Object> values;

    private Settings(Map<String, String> texts, Map<String, Object> values) {
        this.texts = texts;
        this.values = values;
    }

    /**
     * The settings of these texts.
     *
     * @throws InvalidSettings naming every unknown name and every value out of bounds
     */
    public static Settings from(Map<String, String> texts) {
        List<String> problems = new ArrayList<>();
        Map<String, Object> values = new HashMap<>();
        for (ConfigKey<?> key : Setting.all()) {
            String text = texts.getOrDefault(key.name(), key.defaultText());
            try {
                values.put(key.name(), key.parse(text));
                if (text.length() > MAX_TEXT) {
                    problems.add(key.name() + ": has " + text.length() + " characters, want at most " + MAX_TEXT);
                }
            } catch (IllegalArgumentException bad) {
                problems.add(String.valueOf(bad.getMessage()));
            }
        }
        texts.keySet().stream()
                .filter(name -> !Setting.isKnown(name))
                .sorted()
                .forEach(name -> problems.add(name + ": unknown setting"));
        if (!problems.isEmpty()) {
            throw new InvalidSettings(problems);
        }
        Map<String, String> stripped = new HashMap<>(texts);
        stripped.replaceAll((name, text) -> text.strip());
        return new Settings(Map.copyOf(stripped), Map.copyOf(values));
    }

    /** The value of the setting. */
    @SuppressWarnings("unchecked") // from() put what this key's own parser made
    public <T> T get(ConfigKey<T> key) {
        return (T) Optional.ofNullable(values.get(key.name())).orElseThrow();
    }

    /** What was set, by name, as it was written but for blanks around it. */
    public Map<String, String> texts() {
        return texts;
    }
}
