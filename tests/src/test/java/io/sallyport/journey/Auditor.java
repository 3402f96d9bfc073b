package io.sallyport.journey;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.audit.seal.Fields;
import io.sallyport.audit.seal.Hash;
import io.sallyport.audit.seal.Leaf;
import io.sallyport.audit.seal.Part;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Somebody with a Java runtime, the verifier, an export of one realm's trail and its public keys. */
record Auditor(MfaRealm realm, Path desk) {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofMillis(50);

    /**
     * What the verifier said.
     *
     * @param answer 0: sound, 1: not, 2: can't tell, 3: not shown
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
        String realmId = realm.admin().get(realm.name()).path("id").asText();
        await(
                "every row of realm " + realmId + " sealed",
                () -> database.rows(
                                "SELECT 1 FROM MFA_AUDIT A WHERE A.LEAF_POSITION IS NULL AND A.REALM_ID = ?", realmId)
                        .isEmpty());
    }

    /** Until it is so; what is not so after minutes never will be. */
    static void await(String what, BooleanSupplier isSo) {
        for (Instant end = Instant.now().plus(PATIENCE); !isSo.getAsBoolean(); ) {
            if (Instant.now().isAfter(end)) {
                throw new Unexpected("audit trail", "something else for " + PATIENCE, what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** What the row at this place hashes to by what the trail says: whoever changed the row can do that too. */
    String hashOfRow(long position) {
        return leaf(line(position)).toString();
    }

    /** What would stand for whom the row at this place is about, had he been erased: that can be worked out, too. */
    String commitmentOfSubject(long position) {
        JsonNode line = line(position);
        return Leaf.commitment(Part.SUBJECT, salt(line, "subject_salt"), fields(line))
                .toString();
    }

    private JsonNode line(long position) {
        return export().stream()
                .map(Json::read)
                .filter(json -> json.path("position").asLong(-1) == position)
                .findFirst()
                .orElseThrow();
    }

    /** What the row of such a line hashes to. */
    static Hash leaf(JsonNode line) {
        Fields row = fields(line);
        return Leaf.of(
                line.path("position").asLong(),
                row,
                Leaf.commitment(Part.SUBJECT, salt(line, "subject_salt"), row),
                Leaf.commitment(Part.ACTOR, salt(line, "actor_salt"), row));
    }

    private static Fields fields(JsonNode line) {
        return Fields.of(name -> Optional.ofNullable(line.path("row").path(name).asText(null)));
    }

    private static byte[] salt(JsonNode line, String name) {
        return Base64.getUrlDecoder().decode(line.path(name).asText());
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
