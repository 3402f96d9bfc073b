package io.sallyport.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sallyport.factor.sms.Scopes;
import io.sallyport.factor.webauthn.AttestationTrust;
import io.sallyport.factor.webauthn.Makers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WA-10: which files of the operator make a maker believed. */
final class ConfiguredTrustTest {

    @TempDir
    private Path files;

    @BeforeEach
    void write() throws IOException, GeneralSecurityException {
        Files.write(files.resolve("root.pem"), Makers.pem(Makers.ROOT));
        Files.write(files.resolve("other.pem"), Makers.pem(Makers.OTHER));
        Files.write(files.resolve("fido.jwt"), Makers.blob("FIDO_CERTIFIED", Makers.ROOT));
        Files.write(files.resolve("broken.jwt"), Makers.blob("REVOKED", Makers.ROOT));
        Files.writeString(files.resolve("text"), "hello");
        Files.createFile(files.resolve("empty"));
    }

    @ParameterizedTest
    @CsvSource({
        ",,, false",
        "root.pem,,, true",
        "other.pem,,, false",
        "' ',,, false",
        ", fido.jwt, root.pem, true",
        ", broken.jwt, root.pem, false",
        // nobody said who signs it
        ", fido.jwt,, false",
        ", fido.jwt, ' ', false",
        // the root of the metadata is no root of authenticators
        ",, root.pem, false",
        "other.pem, fido.jwt, root.pem, true",
        "root.pem, broken.jwt, root.pem, true"
    })
    @DisplayName("WA-10: only a maker in one of the configured files is believed")
    void theFilesSayWhoIsBelieved(String roots, String metadata, String metadataRoots, boolean believed) {
        assertThat(Makers.believed(trust(roots, metadata, metadataRoots))).isEqualTo(believed);
    }

    @ParameterizedTest
    @CsvSource({
        "text,,",
        "empty,,",
        "fido.jwt,,",
        ", text, root.pem",
        ", root.pem, root.pem",
        ", fido.jwt, other.pem",
        ", fido.jwt, text",
        "root.pem, fido.jwt, other.pem"
    })
    @DisplayName("WA-10: a file that can't be used refuses whatever needs it")
    void whatCannotBeUsedRefuses(String roots, String metadata, String metadataRoots) {
        assertThatIllegalArgumentException().isThrownBy(() -> trust(roots, metadata, metadataRoots));
    }

    @ParameterizedTest
    @CsvSource({"gone.pem,,", ", gone.jwt, root.pem", ", fido.jwt, gone.pem"})
    @DisplayName("WA-10: nor is a missing file the same as none")
    void whatCannotBeReadRefuses(String roots, String metadata, String metadataRoots) {
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> trust(roots, metadata, metadataRoots))
                .withMessageContaining("can't be read");
    }

    @Test
    void aReplacedFileIsReadAgain() throws IOException {
        Path roots = files.resolve("root.pem");
        assertThat(Makers.believed(trust("root.pem", null, null))).isTrue();
        FileTime before = Files.getLastModifiedTime(roots);

        Files.write(roots, Makers.pem(Makers.OTHER));
        Files.setLastModifiedTime(roots, FileTime.fromMillis(before.toMillis() + 1_000));

        assertThat(Makers.believed(trust("root.pem", null, null))).isFalse();
    }

    @Test
    void aFileIsReadOnce() {
        AttestationTrust once = trust("root.pem", null, null);

        assertThat(trust("root.pem", null, null)).isSameAs(once);
    }

    private AttestationTrust trust(String roots, String metadata, String metadataRoots) {
        Map<String, String> options = new LinkedHashMap<>();
        put(options, "roots-file", roots);
        put(options, "metadata-file", metadata);
        put(options, "metadata-roots-file", metadataRoots);
        return ConfiguredTrust.from(Scopes.of(options));
    }

    private void put(Map<String, String> options, String name, String file) {
        if (file != null) {
            options.put(name, file.isBlank() ? file : files.resolve(file).toString());
        }
    }
}
