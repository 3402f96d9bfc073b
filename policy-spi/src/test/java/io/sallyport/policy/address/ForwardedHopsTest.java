package io.sallyport.policy.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.Network;
import io.sallyport.policy.NetworkAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** POL-11: what a client writes into a forwarded header itself is never believed. */
final class ForwardedHopsTest {

    private static final List<Network> PROXIES = List.of(
            StrictAddresses.network("192.0.2.0/24").orElseThrow(),
            StrictAddresses.network("2001:db8:ffff::/48").orElseThrow());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9 | 203.0.113.9",
                "10.20.0.1, 203.0.113.9 | 203.0.113.9",
                "10.20.0.1, 203.0.113.9, 192.0.2.7 | 203.0.113.9",
                "10.20.0.1, 203.0.113.9,192.0.2.7 , 192.0.2.8 | 203.0.113.9",
                "garbage, 203.0.113.9 | 203.0.113.9",
                "203.0.113.9:4711 | 203.0.113.9",
                "2001:db8::9, 192.0.2.7 | 2001:db8::9",
                "[2001:db8::9]:443 | 2001:db8::9",
                "2001:db8::9, 2001:db8:ffff::1 | 2001:db8::9",
            })
    void theFirstUnknownHopFromTheRightIsTheClient(String header, String client) {
        assertThat(xForwardedFor("192.0.2.1", header)).isEqualTo(StrictAddresses.address(client));
    }

    @Test
    void severalHeadersAreOneList() {
        Optional<NetworkAddress> client = ForwardedHops.client(
                StrictAddresses.address("192.0.2.1"), List.of("10.20.0.1", "203.0.113.9, 192.0.2.3"), false, PROXIES);

        assertThat(client).isEqualTo(StrictAddresses.address("203.0.113.9"));
    }

    @Test
    void aPeerThatIsNoProxyIsTheClientWhateverTheHeaderSays() {
        assertThat(xForwardedFor("203.0.113.66", "10.20.0.1")).isEqualTo(StrictAddresses.address("203.0.113.66"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "203.0.113.9, bad",
                "203.0.113.9,",
                "203.0.113.9, ,192.0.2.7",
                "192.0.2.7, 192.0.2.8",
                "203.0.113.9 10.20.0.1",
                "203.0.113.9:99999999",
                "[203.0.113.9",
                "host.example",
                "10.0.0.0/8"
            })
    void aMalformedOrEmptyWayHasNoClient(String header) {
        assertThat(xForwardedFor("192.0.2.1", header)).isEmpty();
    }

    @Test
    void withoutKnownProxiesNothingIsBelieved() {
        assertThat(ForwardedHops.client(StrictAddresses.address("192.0.2.1"), List.of("203.0.113.9"), false, List.of()))
                .isEmpty();
    }

    @Test
    void withoutAPeerNothingIsBelieved() {
        assertThat(ForwardedHops.client(Optional.empty(), List.of("203.0.113.9"), false, PROXIES))
                .isEmpty();
    }

    @Test
    void anEndlessListHasNoClient() {
        assertThat(xForwardedFor("192.0.2.1", "203.0.113.9" + ", 192.0.2.7".repeat(40)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "for=203.0.113.9 | 203.0.113.9",
                "for=10.20.0.1, for=203.0.113.9;proto=https | 203.0.113.9",
                "For=\"[2001:db8::9]:4711\" | 2001:db8::9",
                "proto=https;for=203.0.113.9;by=192.0.2.1 | 203.0.113.9",
                "for=10.20.0.1, for=203.0.113.9, for=192.0.2.9 | 203.0.113.9",
            })
    void theStandardHeaderIsWalkedAlike(String header, String client) {
        assertThat(forwarded(header)).isEqualTo(StrictAddresses.address(client));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for=_hidden",
                "for=unknown",
                "proto=https",
                "203.0.113.9",
                "for=",
                "for=203.0.113.9;for=10.20.0.1",
                "for=10.20.0.1;x=\"a, for=203.0.113.9\""
            })
    void aMalformedStandardHeaderHasNoClient(String header) {
        assertThat(forwarded(header)).isEmpty();
    }

    @Test
    void thirtyTwoHopsAreReadAndNoMore() {
        assertThat(xForwardedFor("192.0.2.1", "203.0.113.9" + ",192.0.2.1".repeat(31)))
                .isEqualTo(StrictAddresses.address("203.0.113.9"));
        assertThat(xForwardedFor("192.0.2.1", "203.0.113.9" + ",192.0.2.1".repeat(32)))
                .isEmpty();
    }

    private static Optional<NetworkAddress> xForwardedFor(String peer, String header) {
        return ForwardedHops.client(StrictAddresses.address(peer), List.of(header), false, PROXIES);
    }

    private static Optional<NetworkAddress> forwarded(String header) {
        return ForwardedHops.client(StrictAddresses.address("192.0.2.1"), List.of(header), true, PROXIES);
    }
}
