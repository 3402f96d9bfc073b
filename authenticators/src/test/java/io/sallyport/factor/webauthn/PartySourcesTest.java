package io.sallyport.factor.webauthn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PartySourcesTest {

    private static final URI FRONTEND = URI.create("https://Login.Example.org:443/auth/");

    @Test
    void whereNothingIsConfiguredThereIsNoParty() {
        assertThat(sources(Optional.empty(), List.of(), Optional.empty(), List.of())
                        .party())
                .isEmpty();
    }

    @Test
    void theAddressOfTheServerIsEnough() {
        assertThat(sources(Optional.empty(), List.of(), Optional.empty(), List.of(), FRONTEND)
                        .party())
                .contains(new RelyingParty("login.example.org", Set.of("https://login.example.org")));
    }

    @Test
    void keycloaksOwnPolicyIsKept() {
        assertThat(sources(
                                Optional.empty(),
                                List.of(),
                                Optional.of("example.org"),
                                List.of("android:apk-key-hash:x"),
                                FRONTEND)
                        .party())
                .contains(
                        new RelyingParty("example.org", Set.of("https://login.example.org", "android:apk-key-hash:x")));
    }

    @Test
    void ourSettingsComeFirst() {
        assertThat(sources(
                                Optional.of("example.net"),
                                List.of("https://id.example.net"),
                                Optional.of("example.org"),
                                List.of(),
                                FRONTEND)
                        .party())
                .contains(new RelyingParty("example.net", Set.of("https://id.example.net")));
    }

    @Test
    void anRpIdAloneIsNotEnough() {
        assertThat(sources(Optional.of("example.org"), List.of(), Optional.empty(), List.of())
                        .party())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://login.example.org", "ftp://localhost", "https:///x", "localhost"})
    void whereNoBrowserWouldAskThereIsNoOrigin(String address) {
        assertThat(PartySources.origin(URI.create(address))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080/, http://localhost:8080",
        "http://localhost:80, http://localhost",
        "https://localhost:80, https://localhost:80",
        "https://x.example:8443/a, https://x.example:8443"
    })
    void anOriginIsWrittenAsBrowsersDo(String address, String origin) {
        assertThat(PartySources.origin(URI.create(address))).contains(origin);
    }

    @Test
    void aPartyIsSomebody() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RelyingParty(" ", Set.of("https://a.example")));
        assertThatIllegalArgumentException().isThrownBy(() -> new RelyingParty("a.example", Set.of()));
    }

    private static PartySources sources(
            Optional<String> rpId,
            List<String> origins,
            Optional<String> policyRpId,
            List<String> policyOrigins,
            URI... addresses) {
        return new PartySources(rpId, origins, policyRpId, policyOrigins, List.of(addresses));
    }
}
