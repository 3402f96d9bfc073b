package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shell commands of one document, as an administrator would paste them.
 *
 * @param commands each with its further lines
 */
record Commands(List<String> commands) {

    private static final Pattern COMMAND = Pattern.compile("^( *)(curl|\\(umask|sha256sum) .*");

    static Commands of(String document) throws IOException {
        Path root = Path.of(System.getProperty("project.root", ".."));
        List<String> commands = new ArrayList<>();
        int indent = -1;
        for (String line : Files.readAllLines(root.resolve(document))) {
            Matcher begins = COMMAND.matcher(line);
            if (begins.matches()) {
                commands.add(line.strip());
                indent = begins.group(1).length();
            } else if (indent >= 0 && !line.isBlank() && line.indexOf(line.strip()) > indent) {
                commands.set(commands.size() - 1, commands.get(commands.size() - 1) + "\n" + line);
            } else {
                indent = -1;
            }
        }
        return new Commands(commands);
    }

    /** The one that has this in it. */
    String with(String part) {
        List<String> found =
                commands.stream().filter(command -> command.contains(part)).toList();
        assertThat(found).as(part).hasSize(1);
        return found.get(0);
    }

    /** Runs a command in a directory; an answer that is an error ends it, as with {@code curl --fail}. */
    static String run(String command, Path directory, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder bash = new ProcessBuilder(
                        "bash", "-euc", "curl() { command curl -sS --fail \"$@\"; }\n" + command)
                .directory(directory.toFile())
                .redirectErrorStream(true);
        bash.environment().putAll(environment);
        Process process = bash.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s%n%s", command, said).isZero();
        return said;
    }
}
