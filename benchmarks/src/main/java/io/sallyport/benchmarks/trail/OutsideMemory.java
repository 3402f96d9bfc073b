package io.sallyport.benchmarks.trail;

import io.sallyport.journey.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The verifier with as many checkpoints from elsewhere as many years leave, in a Java with 64 MB. */
final class OutsideMemory {

    private static final int ROWS = 5_000;

    private OutsideMemory() {}

    /** {@code [checkpoints]}. */
    public static void main(String[] arguments) throws Exception {
        int many = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5_000_000;
        Path root = Installation.find().root();
        Path desk = Files.createDirectories(root.resolve("benchmarks/target/trail"));
        HonestTrail trail = new HonestTrail();
        Path export = desk.resolve("export.ndjson");
        Path outside = desk.resolve("outside.ndjson");
        trail.write(export, outside, ROWS, many / ROWS);
        Path keys = Files.writeString(desk.resolve("jwks.json"), trail.jwks());
        double seconds = VerifierSpeed.seconds(List.of(
                VerifierSpeed.MEMORY,
                "-jar",
                VerifierSpeed.verifier(root).toString(),
                "--keys",
                keys.toString(),
                export.toString(),
                outside.toString()));
        System.out.printf(
                "%,d checkpoints from elsewhere, %,d MB, with %s: sound after %.0f s, %,.0f checkpoints/s%n",
                many, Files.size(outside) >> 20, VerifierSpeed.MEMORY, seconds, many / seconds);
        Files.delete(export);
        Files.delete(outside);
    }
}
