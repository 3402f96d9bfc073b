package io.sallyport.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What an expression of the dashboard or of an alert asks Prometheus for.
 *
 * @param metric its name
 * @param labels values by label; without those that Prometheus adds itself
 */
record Watched(String metric, Map<String, String> labels) {

    private static final Set<String> ADDED = Set.of("instance", "job");
    private static final Set<String> WORDS = Set.of("sum", "max", "rate", "increase", "and", "or", "unless", "up");

    /** Of what has not happened yet there is no line. */
    private static final String STATUS = "status";

    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][\\w:]*)\\s*(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)=~?\"([^\"]*)\"");
    private static final Pattern ALTERNATIVES = Pattern.compile("=~\"([^\"|]*\\|[^\"]*)\"");

    /** All of both files. */
    static List<Watched> read() {
        Path directory = Containers.read().directory().resolve("observability");
        try {
            Stream<String> panels =
                    Json.read(Files.readString(directory.resolve("dashboard.json"))).findValuesAsText("expr").stream();
            Object rules = new Yaml(new SafeConstructor(new LoaderOptions()))
                    .load(Files.readString(directory.resolve("alerts.yaml")));
            Stream<String> alerts = Json.read(Json.write(rules)).findValuesAsText("expr").stream();
            return Stream.concat(panels, alerts).flatMap(Watched::of).distinct().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + directory, e);
        }
    }

    private static Stream<Watched> of(String expression) {
        return SELECTOR.matcher(expression.replaceAll("\\[[^]]*]|\\b(by|on) \\([^)]*\\)", " "))
                .results()
                .filter(found -> !WORDS.contains(found.group(1)))
                .flatMap(found -> eachOf(found.group(2) == null ? "" : found.group(2))
                        .map(matchers -> new Watched(found.group(1), labels(matchers))));
    }

    /** {@code type=~"a|b"} is {@code type="a"} and {@code type="b"}: both must be told. */
    private static Stream<String> eachOf(String matchers) {
        Matcher alternatives = ALTERNATIVES.matcher(matchers);
        return alternatives.find()
                ? Stream.of(alternatives.group(1).split("\\|", -1))
                        .map(one -> alternatives.replaceFirst(Matcher.quoteReplacement("=\"" + one + "\"")))
                : Stream.of(matchers);
    }

    private static Map<String, String> labels(String matchers) {
        Map<String, String> labels = new LinkedHashMap<>();
        MATCHER.matcher(matchers)
                .results()
                .filter(each -> !ADDED.contains(each.group(1)))
                .forEach(each -> labels.put(each.group(1), each.group(2)));
        return labels;
    }

    /** Whether a line of {@code /metrics} answers it. */
    boolean isAnsweredBy(String line) {
        return (line.startsWith(metric + "{") || line.startsWith(metric + " "))
                && labels.entrySet().stream()
                        .allMatch(label -> MATCHER.matcher(line)
                                .results()
                                .anyMatch(told -> told.group(1).equals(label.getKey())
                                        && (label.getKey().equals(STATUS)
                                                || label.getValue().equals(told.group(2)))));
    }
}
