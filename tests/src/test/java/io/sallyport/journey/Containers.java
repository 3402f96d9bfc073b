package io.sallyport.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The containers that {@code docker/} describes, read without an engine: what the image is made of, and how its nodes run.
 *
 * @param build the first stage of the Dockerfile
 * @param image the last one
 * @param compose compose.yaml, with its anchors resolved
 */
record Containers(Path directory, Stage build, Stage image, JsonNode compose) {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?::-([^}]*))?}");

    /** Instructions between one FROM and the next. */
    record Stage(List<String> lines) {

        /** What stands behind this instruction, wherever it stands. */
        List<String> all(String instruction) {
            return lines.stream()
                    .filter(line -> line.startsWith(instruction + " "))
                    .map(line -> line.substring(instruction.length() + 1).strip())
                    .toList();
        }

        String one(String instruction) {
            List<String> all = all(instruction);
            if (all.size() != 1) {
                throw new Unexpected("Dockerfile", all, "one " + instruction);
            }
            return all.get(0);
        }

        /** Its environment. */
        Map<String, String> environment() {
            Map<String, String> environment = new LinkedHashMap<>();
            all("ENV").stream()
                    .flatMap(line -> Stream.of(line.split("\\s+", -1)))
                    .forEach(pair -> {
                        String[] nameAndValue = pair.split("=", 2);
                        environment.put(nameAndValue[0], nameAndValue[1]);
                    });
            return environment;
        }

        /** An instruction that is written as a JSON array. */
        List<String> command(String instruction) {
            return Stream.of(Json.read(one(instruction)))
                    .flatMap(array -> Stream.iterate(0, i -> i < array.size(), i -> i + 1)
                            .map(i -> array.get(i).asText()))
                    .toList();
        }
    }

    static Containers read() {
        Path directory = Path.of(System.getProperty("project.root", "..")).resolve("docker");
        try {
            List<Stage> stages = stages(Files.readString(directory.resolve("Dockerfile")));
            Object compose = new Yaml(new SafeConstructor(new LoaderOptions()))
                    .load(Files.readString(directory.resolve("compose.yaml")));
            return new Containers(directory, stages.get(1), stages.get(2), Json.read(Json.write(compose)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + directory, e);
        }
    }

    /** The first one has no FROM: what stands before all stages. */
    private static List<Stage> stages(String dockerfile) {
        String plain = dockerfile.replaceAll("(?m)^#.*\\R", "").replaceAll("\\\\\\R", " ");
        return Stream.of(plain.split("(?m)(?=^FROM )", -1))
                .map(stage -> new Stage(stage.lines().map(String::strip).toList()))
                .toList();
    }

    JsonNode service(String name) {
        return compose.path("services").path(name);
    }

    /** What a service is run with, where nobody sets anything else. */
    Map<String, String> environment(String service) {
        Map<String, String> environment = new LinkedHashMap<>();
        service(service)
                .path("environment")
                .properties()
                .forEach(entry ->
                        environment.put(entry.getKey(), usual(entry.getValue().asText())));
        return environment;
    }

    /** A value of compose.yaml with its defaults. */
    static String usual(String value) {
        return VARIABLE.matcher(value).replaceAll(found -> Matcher.quoteReplacement(orEmpty(found.group(2))));
    }

    private static String orEmpty(String value) {
        return value == null ? "" : value;
    }
}
