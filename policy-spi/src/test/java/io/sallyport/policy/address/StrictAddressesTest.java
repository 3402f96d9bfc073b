package io.sallyport.policy.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.Network;
import io.sallyport.policy.NetworkAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** POL-13: an address or a range is read in its one ordinary form, or not at all. */
final class StrictAddressesTest {

    @ParameterizedTest
    @ValueSource(strings = {"10.20.0.1", "0.0.0.0", "255.255.255.255", "2001:db8::1", "::", "::1", "fe80::1"})
    void anOrdinaryAddressIsRead(String text) {
        assertThat(StrictAddresses.address(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "10.20.0.1 ",
                "10.1",
                "10",
                "167772161",
                "0x0a.0.0.1",
                "010.0.0.1",
                "10.0.0.256",
                "10.0.0.*",
                "10.0.0.1-5",
                "10.0.0.1/32",
                "*",
                "localhost",
                "example.com",
                "fe80::1%eth0",
                "2001:db8::1::2",
                "1:2:3",
                "[::1]",
                "10.0.0.1:80",
                "::ffff:10.0.0.256",
                "²01.0.0.1",
                "/8",
                "10..0.1",
                "::1/128"
            })
    void anythingElseIsNoAddress(String text) {
        assertThat(StrictAddresses.address(text)).isEmpty();
    }

    @Test
    void onlyTheMappedFormIsTheIpv4Address() {
        NetworkAddress plain = StrictAddresses.address("10.20.0.1").orElseThrow();

        assertThat(StrictAddresses.address("::ffff:10.20.0.1")).contains(plain);
        assertThat(StrictAddresses.address("::ffff:a14:1")).contains(plain);
        assertThat(StrictAddresses.address("::10.20.0.1")).isPresent().get().isNotEqualTo(plain);
        assertThat(StrictAddresses.address("64:ff9b::10.20.0.1"))
                .isPresent()
                .get()
                .isNotEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource({
        "10.20.0.0/16, 10.20.0.0, true",
        "10.20.0.0/16, 10.20.255.255, true",
        "10.20.0.0/16, 10.21.0.0, false",
        "10.20.0.0/16, 10.19.255.255, false",
        "10.20.0.0/15, 10.21.255.255, true",
        "10.20.0.0/15, 10.22.0.0, false",
        "10.20.0.1/32, 10.20.0.1, true",
        "10.20.0.1, 10.20.0.1, true",
        "10.20.0.1, 10.20.0.2, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "::/0, 2001:db8::1, true",
        "::/0, 10.0.0.1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::, false",
        "10.20.0.0/16, ::ffff:10.20.3.4, true",
    })
    void aRangeHoldsItsAddresses(String range, String address, boolean inside) {
        Network network = StrictAddresses.network(range).orElseThrow();

        assertThat(network.contains(StrictAddresses.address(address).orElseThrow()))
                .isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1/8",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/08 ",
                "10.0.0.0/255.0.0.0",
                "2001:db8::/129",
                "2001:db8::1/32",
                "10.0.0.0-10.0.0.9",
                "10.*.*.*",
                "",
                "/0",
                "any",
                "::ffff:10.0.0.0/104"
            })
    void anAmbiguousOrMalformedRangeIsRefused(String text) {
        assertThat(StrictAddresses.network(text)).isEmpty();
    }

    @Test
    void everythingIsKnownAsEverything() {
        assertThat(StrictAddresses.network("0.0.0.0/0").orElseThrow().isEverything())
                .isTrue();
        assertThat(StrictAddresses.network("::/0").orElseThrow().isEverything()).isTrue();
        assertThat(StrictAddresses.network("10.0.0.0/8").orElseThrow().isEverything())
                .isFalse();
    }
}
