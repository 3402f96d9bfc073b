package io.sallyport.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to an evidence packet is found. */
final class PacketTest {

    private static final String POLICY = "policy/policy.json";

    @TempDir
    private Path directory;

    private final Map<String, String> files = new LinkedHashMap<>();
    private Scribe scribe;
    private String said = "";

    @BeforeEach
    void aPacket() throws Exception {
        scribe = new Scribe().rows(5);
        files.put(POLICY, "{}");
        files.put(Packet.TRAIL, String.join("\n", scribe.lines()));
        files.put("manifest.jws", scribe.packet(payload()));
    }

    @Test
    void anHonestPacketIsSound() throws Exception {
        assertThat(verify()).isEqualTo(Main.SOUND);
        assertThat(said)
                .startsWith("5 rows, all of them signed for")
                .contains("trail/period.csv is what the server handed out, and was not held against the trail");
    }

    @Test
    void aChangedFileIsNamed() throws Exception {
        files.put(POLICY, "{ }");

        assertBad(POLICY + ": is not what was signed");
    }

    @Test
    void aMissingFileIsNamed() throws Exception {
        files.remove(POLICY);

        assertBad(POLICY + ": is missing");
    }

    @Test
    void aFileThatWasPutInIsNamed() throws Exception {
        files.put("policy/excuse.txt", "");

        assertBad("policy/excuse.txt: was put in");
    }

    @Test
    void aManifestThatWasWrittenAgainIsSignedByNobody() throws Exception {
        files.put(POLICY, "{ }");
        files.put("manifest.jws", new Scribe().packet(payload()));

        assertBad("manifest.jws: nobody signed it");
    }

    @Test
    void aTrailThatTheRealmDidNotSignIsFoundInAPacketThatItDid() throws Exception {
        List<String> lines = scribe.lines();
        lines.remove(1);
        files.put(Packet.TRAIL, String.join("\n", lines));
        files.put("manifest.jws", scribe.packet(payload()));

        assertBad("row 1: is missing");
    }

    @Test
    void checkpointsFromOutsideCountForAPacketToo() throws Exception {
        Path outside = Files.write(directory.resolve("outside"), scribe.rows(1).checkpoints());

        assertThat(verify(outside)).isEqualTo(Main.BAD);
        assertThat(said).startsWith("row 5: is missing");
    }

    @Test
    void whatIsNoPacketCannotBeTold() throws Exception {
        files.remove("manifest.jws");
        assertThat(verify()).isEqualTo(Main.CANNOT_TELL);
        files.clear();
        files.put("manifest.jws", "x");
        assertThat(verify()).isEqualTo(Main.CANNOT_TELL);
        files.put("manifest.jws", scribe.packet("{}"));
        assertThat(verify()).isEqualTo(Main.CANNOT_TELL);
    }

    private void assertBad(String words) throws Exception {
        assertThat(verify()).isEqualTo(Main.BAD);
        assertThat(said).startsWith(words);
    }

    private String payload() throws IOException {
        StringBuilder names = new StringBuilder();
        for (Map.Entry<String, String> file : files.entrySet()) {
            if (!file.getKey().equals("manifest.jws")) {
                Digest digest =
                        Digest.of(new ByteArrayInputStream(file.getValue().getBytes(UTF_8)));
                names.append(names.isEmpty() ? "" : ",")
                        .append("{\"name\":\"" + file.getKey() + "\",\"bytes\":" + digest.length() + ",\"sha256\":\""
                                + digest.hexadecimal() + "\"}");
            }
        }
        return "{\"files\":[" + names + "]}";
    }

    private int verify(Path... outside) throws IOException {
        Path packet = directory.resolve("packet.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(packet))) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(UTF_8));
            }
        }
        Path keys = Files.writeString(directory.resolve("jwks"), scribe.jwks());
        List<String> arguments = List.of(outside).stream().map(Path::toString).collect(Collectors.toList());
        arguments.add(0, packet.toString());
        arguments.addAll(0, List.of("--keys", keys.toString()));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (PrintStream print = new PrintStream(output, true, UTF_8)) {
            int answer = Main.run(arguments, print, print);
            said = output.toString(UTF_8);
            return answer;
        }
    }
}
