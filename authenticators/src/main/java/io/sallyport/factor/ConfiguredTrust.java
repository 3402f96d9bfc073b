package io.sallyport.factor;

import io.sallyport.factor.webauthn.AttestationTrust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.keycloak.Config;

/**
 * The makers of authenticators whose attestations the server believes: {@code spi-credential--keycloak-webauthn--roots-file}
 * names a PEM file. Not the truststore of the server: whom one trusts with a web page is another question.
 */
final class ConfiguredTrust {

    private ConfiguredTrust() {}

    /** Their root certificates; nobody's if no file is configured. A file that can't be read refuses whatever needs it. */
    static AttestationTrust get() {
        return Optional.ofNullable(
                        Config.scope("credential", "keycloak-webauthn").get("roots-file"))
                .filter(path -> !path.isBlank())
                .map(ConfiguredTrust::read)
                .orElseGet(AttestationTrust::nobody);
    }

    private static AttestationTrust read(String path) {
        try {
            return AttestationTrust.of(Files.readAllBytes(Path.of(path)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the roots of authenticators can't be read", unreadable);
        }
    }
}
