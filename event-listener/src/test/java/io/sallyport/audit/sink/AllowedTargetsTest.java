package io.sallyport.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AllowedTargetsTest {

    @ParameterizedTest(name = "[{0}] {1} at {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | siem.example.org | 93.184.216.34",
                "'' | siem.example.org | 2606:2800:220:1::1",
                "siem.example.org | SIEM.example.org | 93.184.216.34",
                "siem.example.org | siem.example.org | 10.1.2.3",
                "10.0.0.0/8 | whatever.example.org | 10.1.2.3",
                "siem.example.org, 127.0.0.1 | localhost | 127.0.0.1",
                "::1/128 | localhost | ::1",
                "169.254.1.0/24 | box.example.org | 169.254.1.9",
            })
    void isAllowed(String list, String host, String address) throws Exception {
        InetAddress resolved = InetAddress.getByName(address);

        assertThat(AllowedTargets.from(Optional.of(list)).of(host, resolved)).containsExactly(resolved);
    }

    @ParameterizedTest(name = "[{0}] {1} at {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | siem.example.org | 127.0.0.1",
                "'' | siem.example.org | 127.255.255.254",
                "'' | siem.example.org | 0.0.0.0",
                "'' | siem.example.org | 169.254.169.254",
                "'' | siem.example.org | 10.0.0.1",
                "'' | siem.example.org | 172.16.0.1",
                "'' | siem.example.org | 192.168.0.1",
                "'' | siem.example.org | 100.64.0.1",
                "'' | siem.example.org | 224.0.0.1",
                "'' | siem.example.org | 255.255.255.255",
                "'' | siem.example.org | ::1",
                "'' | siem.example.org | ::",
                "'' | siem.example.org | ::127.0.0.1",
                "'' | siem.example.org | ::ffff:127.0.0.1",
                "'' | siem.example.org | fe80::1",
                "'' | siem.example.org | fc00::1",
                "'' | siem.example.org | 64:ff9b::7f00:1",
                "'' | siem.example.org | 2002:7f00:1::",
                "siem.example.org | siem.example.org | 127.0.0.1",
                "siem.example.org | siem.example.org | 169.254.169.254",
                "localhost | localhost | ::1",
                "siem.example.org | other.example.org | 93.184.216.34",
                "siem.example.org | xsiem.example.org | 93.184.216.34",
                "10.0.0.0/8 | siem.example.org | 93.184.216.34",
                "127.0.0.1 | localhost | 127.0.0.2",
            })
    void isNotAllowed(String list, String host, String address) throws Exception {
        assertThat(AllowedTargets.from(Optional.of(list)).of(host, InetAddress.getByName(address)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "*.example.org", "10.0.0.1/8", "300.1.1.1", "https://siem.example.org", "a,,b", "a b", "1.2"
            })
    void anythingElseIsRefused(String list) {
        assertThatThrownBy(() -> AllowedTargets.from(Optional.of(list)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("allow = ");
    }
}
