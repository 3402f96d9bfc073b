package io.sallyport.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sallyport.policy.address.StrictAddresses;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworkTest {

    @ParameterizedTest
    @CsvSource({"10.0.0.0, -1", "10.0.0.0, 33", "2001:db8::, 129"})
    void aPrefixIsNoLongerThanTheAddress(String first, int bits) {
        NetworkAddress address = address(first);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Network(first, address, bits))
                .withMessage("prefix = " + bits + ", want 0 to " + address.bits());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 5, 15, 17})
    void anAddressHasFourOrSixteenBytes(int length) {
        byte[] bytes = new byte[length];

        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkAddress.of(bytes))
                .withMessage("address has " + length + " bytes, want 4 or 16");
    }

    @ParameterizedTest
    @CsvSource({
        "10.20.30.40, 32, 10.20.30.40",
        "10.20.30.41, 31, 10.20.30.40",
        "10.20.30.40, 16, 10.20.0.0",
        "10.255.30.40, 12, 10.240.0.0",
        "255.255.255.255, 0, 0.0.0.0",
        "2001:db8:ffff::1, 33, 2001:db8:8000::",
        "2001:db8::1, 128, 2001:db8::1",
        "ffff::1, 0, ::"
    })
    void aRangeBeginsWhereItsPrefixEnds(String address, int bits, String first) {
        assertThat(address(address).prefix(bits)).isEqualTo(address(first));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 9})
    void onlyTheMappedFormIsAnIpv4Node(int position) {
        byte[] bytes = new byte[16];
        bytes[10] = (byte) 0xff;
        bytes[11] = (byte) 0xff;
        bytes[12] = 10;
        assertThat(NetworkAddress.of(bytes).text()).isEqualTo("10.0.0.0");

        bytes[position] = 1;

        assertThat(NetworkAddress.of(bytes).bits()).isEqualTo(128);
    }

    @ParameterizedTest
    @CsvSource({
        "10.20.30.40, 10.20.30.40, 0a141e28",
        "2001:db8::1, 2001:db8:0:0:0:0:0:1, 20010db8000000000000000000000001"
    })
    void anAddressIsWrittenAsPeopleDo(String typed, String text, String hex) {
        assertThat(address(typed).text()).isEqualTo(text);
        assertThat(address(typed)).hasToString(hex);
        assertThat(address(typed)).hasSameHashCodeAs(address(text)).doesNotHaveSameHashCodeAs(address("192.0.2.1"));
    }

    @Test
    void twoAddressesOfARangeHaveTheSameBeginning() {
        Random random = new Random(7);
        for (int length : new int[] {4, 16}) {
            for (int i = 0; i < 20_000; i++) {
                byte[] bytes = new byte[length];
                random.nextBytes(bytes);
                NetworkAddress one = NetworkAddress.of(bytes);
                bytes[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
                NetworkAddress other = NetworkAddress.of(bytes);
                int bits = random.nextInt(one.bits() + 1);

                assertThat(new Network("", one.prefix(bits), bits).contains(other))
                        .as("%s and %s, %d bits", one, other, bits)
                        .isEqualTo(other.prefix(bits).equals(one.prefix(bits)));
            }
        }
    }

    private static NetworkAddress address(String text) {
        return StrictAddresses.address(text).orElseThrow();
    }
}
