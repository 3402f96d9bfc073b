package io.sallyport.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.NetworkAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class ClientAddressTest {

    @Test
    @DisplayName("SMS-09: all addresses of a /64 are one client, as whoever has one of them has all")
    void aSiteIsOneClient() throws UnknownHostException {
        assertThat(site("2001:db8:1:2::1")).isEqualTo(site("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assertThat(site("2001:db8:1:2::1")).isNotEqualTo(site("2001:db8:1:3::1"));
    }

    @Test
    void anIpv4AddressIsCountedByItself() throws UnknownHostException {
        assertThat(site("192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(site("::ffff:192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(site("192.0.2.2")).isNotEqualTo(site("192.0.2.1"));
    }

    private static String site(String text) throws UnknownHostException {
        return ClientAddress.site(NetworkAddress.of(InetAddress.getByName(text).getAddress()));
    }
}
