package io.sallyport.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

final class EvidencePacketTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final EvidencePacket packet = new EvidencePacket(bytes, Instant.parse("2026-04-02T10:00:00Z"));

    @Test
    void eachFileIsKnownByLengthAndHash() throws IOException {
        packet.add("a.txt", to -> to.write("abc".getBytes(UTF_8)));
        packet.add("empty.txt", to -> {});
        packet.finish();

        assertThat(packet.files())
                .containsExactly(
                        Map.of(
                                "name",
                                "a.txt",
                                "bytes",
                                3L,
                                "sha256",
                                // FIPS 180-2, B.1
                                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
                        Map.of(
                                "name",
                                "empty.txt",
                                "bytes",
                                0L,
                                "sha256",
                                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(zip.getNextEntry().getName()).isEqualTo("a.txt");
            assertThat(zip.readAllBytes()).isEqualTo("abc".getBytes(UTF_8));
            assertThat(zip.getNextEntry().getName()).isEqualTo("empty.txt");
            assertThat(zip.getNextEntry()).isNull();
        }
    }

    @Test
    void aContentThatClosesItsStreamLeavesThePacketOpen() throws IOException {
        packet.add("a.txt", to -> {
            to.write('a');
            to.close();
        });

        packet.add("b.txt", to -> to.write('b'));

        assertThat(packet.files()).hasSize(2);
    }

    @Test
    void aNameThatStandsTwiceIsRefused() throws IOException {
        packet.add("a.txt", to -> to.write('a'));

        assertThatThrownBy(() -> packet.add("a.txt", to -> to.write('b'))).isInstanceOf(ZipException.class);
    }
}
