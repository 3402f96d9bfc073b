package io.sallyport.journey;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Somebody with a Java runtime, the verifier, an export of one realm's trail and its public keys. */
record Auditor(MfaRealm realm, Path desk) {

    /**
     * What the verifier said.
     *
     * @param answer 0: sound, 1: not, 2: can't tell
     */
    record Opinion(int answer, String words) {}

    /** The trail, once all of it is sealed; without the row that says that it is being read, and without its manifest. */
    List<String> sealedTrail() {
        awaitSealed();
        return export().stream()
                .filter(line -> !line.startsWith("{\"row\":") || !line.contains("auth.mfa_audit_exported"))
                .filter(line -> !line.startsWith("{\"manifest\":"))
                .toList();
    }

    void awaitSealed() {
        Database database = realm.server().database();
        while (!database.rows(
                        "SELECT 1 FROM MFA_AUDIT A WHERE A.LEAF_POSITION IS NULL AND A.REALM_ID = ?",
                        realm.admin().get(realm.name()).path("id").asText())
                .isEmpty()) {
            LockSupport.parkNanos(50_000_000);
        }
    }

    List<String> export() {
        return realm.admin()
                .tryGet(realm.name() + "/mfa/audit/export")
                .expect(200)
                .body()
                .lines()
                .toList();
    }

    /** About the trail as it is now, with these checkpoints from elsewhere. */
    Opinion opinion(Path... checkpoints) throws IOException, InterruptedException {
        return opinion(export(), checkpoints);
    }

    Opinion opinion(List<String> trail, Path... checkpoints) throws IOException, InterruptedException {
        return opinionOf(List.of("--without-manifest"), Files.write(desk.resolve("export.ndjson"), trail), checkpoints);
    }

    /** About an export or an evidence packet, which must be whole. */
    Opinion opinionOf(Path export, Path... checkpoints) throws IOException, InterruptedException {
        return opinionOf(List.of(), export, checkpoints);
    }

    private Opinion opinionOf(List<String> options, Path export, Path... checkpoints)
            throws IOException, InterruptedException {
        Path keys = Files.writeString(
                desk.resolve("jwks.json"),
                Http.get(URI.create(realm.address() + "/protocol/openid-connect/certs"), Map.of())
                        .expect(200)
                        .body());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx64m",
                "-jar",
                verifier().toString(),
                "--keys",
                keys.toString(),
                export.toString()));
        command.addAll(options);
        for (Path checkpoint : checkpoints) {
            command.add(checkpoint.toString());
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Opinion(process.waitFor(), words);
    }

    private static Path verifier() throws IOException {
        Path target = Installation.find().root().resolve("verifier/target");
        try (DirectoryStream<Path> found = Files.newDirectoryStream(target, "sallyport-verifier-[0-9]*.jar")) {
            return found.iterator().next();
        }
    }
}
