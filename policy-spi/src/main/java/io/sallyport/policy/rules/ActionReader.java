package io.sallyport.policy.rules;

import io.sallyport.policy.Method;
import io.sallyport.policy.Strength;
import io.sallyport.policy.action.Action;
import io.sallyport.policy.action.Description;
import io.sallyport.policy.action.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one action of a document and reports everything that is wrong with it. */
final class ActionReader {

    private static final Set<String> FIELDS = Set.of(
            "type",
            "description",
            "translations",
            "fields",
            "strength",
            "methods",
            "max_age",
            "ttl",
            // shown by the server, taken back without effect
            "changed_by",
            "changed_at",
            "version");
    private static final Set<String> FIELD = Set.of("name", "kind", "required", "shown");
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Z]{2})?");
    private static final int MAX_FIELDS = 20;
    private static final int MAX_TRANSLATIONS = 10;
    private static final int MAX_AGE = 30 * 86_400;
    private static final int MIN_TTL = 10;
    private static final int MAX_TTL = 600;

    private final Node node;

    private ActionReader(Node node) {
        this.node = node;
    }

    /** The action; empty if a problem was reported. */
    static Optional<Action> read(Node node) {
        int before = node.problems().count();
        ActionReader reader = new ActionReader(node);
        node.refuseUnknown(FIELDS);
        Optional<String> type = node.parsed("type", "a name like approve_payment", ActionReader::type);
        Optional<Description> description = description(node, "description");
        if (!node.has("type")) {
            node.problem("type", "is missing");
        }
        if (!node.has("description")) {
            node.problem("description", "is missing: people approve nothing that they can't read");
        }
        Map<String, Description> translations = reader.translations();
        List<Field> fields = reader.fields();
        Strength strength = node.parsed("strength", "ANY, NO_SMS or PHISHING_RESISTANT", Strength::valueOf)
                .orElse(Strength.ANY);
        Optional<Set<Method>> methods = node.methods("methods");
        Optional<Duration> maxAge = node.whole("max_age", 1, MAX_AGE).map(Duration::ofSeconds);
        Optional<Duration> ttl = node.whole("ttl", MIN_TTL, MAX_TTL).map(Duration::ofSeconds);
        long version = node.whole("version", 1, Integer.MAX_VALUE).orElse(1);
        if (node.problems().count() > before || type.isEmpty() || description.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Action(
                    type.get(), description.get(), translations, fields, strength, methods, maxAge, ttl, version));
        } catch (IllegalArgumentException bad) {
            node.problem(String.valueOf(bad.getMessage()));
            return Optional.empty();
        }
    }

    private static String type(String text) {
        if (!Action.isType(text)) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    private static Optional<Description> description(Node node, String name) {
        return node.text(name).flatMap(text -> {
            try {
                return Optional.of(Description.of(text));
            } catch (IllegalArgumentException bad) {
                node.problem(name, String.valueOf(bad.getMessage()));
                return Optional.empty();
            }
        });
    }

    private Map<String, Description> translations() {
        Map<String, Description> translations = new LinkedHashMap<>();
        node.object("translations").ifPresent(texts -> {
            if (texts.fields().size() > MAX_TRANSLATIONS) {
                texts.problem("want at most " + MAX_TRANSLATIONS);
            }
            texts.fields().keySet().forEach(language -> {
                if (!LANGUAGE.matcher(language).matches()) {
                    texts.problem(language, "want a language like de or pt-BR");
                }
                description(texts, language).ifPresent(text -> translations.put(language, text));
            });
        });
        return translations;
    }

    private List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<Node> nodes = node.objects("fields");
        if (nodes.size() > MAX_FIELDS) {
            node.problem("fields", "want at most " + MAX_FIELDS);
        }
        for (Node field : nodes) {
            field.refuseUnknown(FIELD);
            Optional<String> name = field.text("name");
            if (name.isEmpty()) {
                field.problem("name", "is missing");
                continue;
            }
            if (!names.add(name.get())) {
                field.problem("name", "stands twice");
            }
            try {
                fields.add(new Field(
                        name.get(),
                        field.parsed("kind", "TEXT, NUMBER, BOOLEAN or TEXTS", Field.Kind::valueOf)
                                .orElse(Field.Kind.TEXT),
                        field.bool("required").orElse(true),
                        field.bool("shown").orElse(true)));
            } catch (IllegalArgumentException bad) {
                field.problem("name", String.valueOf(bad.getMessage()));
            }
        }
        return fields;
    }
}
