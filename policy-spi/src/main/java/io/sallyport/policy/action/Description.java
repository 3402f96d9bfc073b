package io.sallyport.policy.action;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sentence that people approve: {@code Pay {amount} {currency} to {payee}}. Nothing in a detail's value is ever taken
 * for a placeholder.
 */
public final class Description {

    private static final int MAX_LENGTH = 300;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

    private final String template;
    private final Set<String> placeholders;

    private Description(String template, Set<String> placeholders) {
        this.template = template;
        this.placeholders = Set.copyOf(placeholders);
    }

    /**
     * The description of a template.
     *
     * @throws IllegalArgumentException if it is none, saying why
     */
    public static Description of(String template) {
        if (template.isBlank() || template.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("want 1 to " + MAX_LENGTH + " characters");
        }
        if (!Visible.text(template).equals(template)) {
            throw new IllegalArgumentException("has characters that nobody sees");
        }
        Set<String> names = new LinkedHashSet<>();
        Matcher placeholder = PLACEHOLDER.matcher(template);
        while (placeholder.find()) {
            if (!Field.isName(placeholder.group(1))) {
                throw new IllegalArgumentException(placeholder.group() + " is no placeholder");
            }
            names.add(placeholder.group(1));
        }
        String rest = PLACEHOLDER.matcher(template).replaceAll("");
        if (rest.contains("{") || rest.contains("}")) {
            throw new IllegalArgumentException("has a brace without its other half");
        }
        return new Description(template, names);
    }

    /** The names of the fields in it. */
    public Set<String> placeholders() {
        return placeholders;
    }

    /** The sentence about these details, as people see it. */
    public String about(Details details) {
        List<Visible.Part> parts = new ArrayList<>();
        Matcher placeholder = PLACEHOLDER.matcher(template);
        int from = 0;
        while (placeholder.find()) {
            parts.add(new Visible.Part(template.substring(from, placeholder.start()), false));
            parts.add(new Visible.Part(details.visible(placeholder.group(1)), true));
            from = placeholder.end();
        }
        parts.add(new Visible.Part(template.substring(from), false));
        return Visible.sentence(parts);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Description that && that.template.equals(template);
    }

    @Override
    public int hashCode() {
        return template.hashCode();
    }

    /** The template. */
    @Override
    public String toString() {
        return template;
    }
}
