package io.sallyport.pack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies beside the one jar in a release. */
final class ReleaseIT {

    private static final Path JAR = ShippedJar.path().normalize();
    private static final Path BILL = beside("-sbom.json");

    @ParameterizedTest
    @ValueSource(strings = {".jar", "-sbom.json"})
    void theChecksumIsThatOfTheFile(String file) throws IOException, GeneralSecurityException {
        Path released = beside(file);

        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(released)));

        assertThat(Files.readString(Path.of(released + ".sha256")).strip())
                .isEqualTo(digest + " *" + released.getFileName());
    }

    /** Each package that was moved below our own name comes from a component of the bill. */
    @Test
    void theBillNamesWhatTheJarHolds() throws IOException {
        List<String> components = components();

        assertThat(components)
                .contains(
                        "com.github.seancfoley:ipaddress",
                        "com.twilio.sdk:twilio",
                        "com.googlecode.libphonenumber:libphonenumber",
                        "io.github.resilience4j:resilience4j-circuitbreaker",
                        "io.github.erdtman:java-json-canonicalization",
                        "org.apache.httpcomponents.client5:httpclient5",
                        "com.webauthn4j:webauthn4j-metadata");
        assertThat(components)
                .noneMatch(name -> name.matches("(org.keycloak|jakarta\\..*|com.fasterxml.jackson.*|org.slf4j):.*"));
    }

    @Test
    void theBillSaysNothingOfItsBuilder() throws IOException {
        assertThat(Files.readString(BILL)).doesNotContain("timestamp", System.getProperty("project.root"));
    }

    private static List<String> components() throws IOException {
        JsonNode components = new ObjectMapper().readTree(BILL.toFile()).path("components");
        return StreamSupport.stream(components.spliterator(), false)
                .map(component -> component.path("group").asText() + ":"
                        + component.path("name").asText())
                .toList();
    }

    private static Path beside(String suffix) {
        return Path.of(JAR.toString().replaceFirst("\\.jar$", suffix));
    }
}
