package io.sallyport.benchmarks.trail;

import io.sallyport.journey.Installation;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The verifier beside whoever only reads and hashes the same rows, in turn, each in a Java of its own with 64 MB. */
final class VerifierSpeed {

    static final String MEMORY = "-Xmx64m";

    private VerifierSpeed() {}

    /** {@code [rows] [rounds]}. */
    public static void main(String[] arguments) throws Exception {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_500_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 8;
        Path root = Installation.find().root();
        Path desk = Files.createDirectories(root.resolve("benchmarks/target/trail"));
        HonestTrail trail = new HonestTrail();
        Path export = desk.resolve("export.ndjson");
        trail.write(export, rows);
        Path keys = Files.writeString(desk.resolve("jwks.json"), trail.jwks());
        List<String> scan = List.of(
                MEMORY, "-cp", System.getProperty("java.class.path"), ScanAndHash.class.getName(), export.toString());
        List<String> verify =
                List.of(MEMORY, "-jar", verifier(root).toString(), "--keys", keys.toString(), export.toString());
        for (int round = 0; round < rounds; round++) {
            double scanned = rows / seconds(scan);
            double verified = rows / seconds(verify);
            System.out.printf(
                    "scan and hash %,9.0f rows/s   verify %,9.0f rows/s   ratio %.2f%n",
                    scanned, verified, verified / scanned);
        }
        Files.delete(export);
    }

    /** From start to end of the process. */
    static double seconds(List<String> arguments) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        ProcessBuilder command = new ProcessBuilder(java).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        command.command().addAll(arguments);
        long begin = System.nanoTime();
        int answer = command.start().waitFor();
        long took = System.nanoTime() - begin;
        if (answer != 0) {
            throw new IllegalStateException(command.command() + " answers " + answer);
        }
        return took / (double) Duration.ofSeconds(1).toNanos();
    }

    static Path verifier(Path root) throws IOException {
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(root.resolve("verifier/target"), "sallyport-verifier-[0-9]*.jar")) {
            return found.iterator().next();
        }
    }
}
