package io.sallyport.policy.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sallyport.policy.Network;
import io.sallyport.policy.address.StrictAddresses;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** POL-10: what is inside and what is outside, in both families, and where the address can't be told. */
final class ConditionTest {

    private static final List<Network> CORPORATE = networks("10.20.0.0/16", "2001:db8:1::/48");

    @ParameterizedTest
    @CsvSource({
        "10.20.0.0, true",
        "10.20.255.255, true",
        "::ffff:10.20.0.1, true",
        "2001:db8:1:ffff::1, true",
        "10.19.255.255, false",
        "10.21.0.0, false",
        "::10.20.0.1, false",
        "2001:db8:2::, false",
        "::1, false"
    })
    void anAddressIsEitherInsideOrOutside(String address, boolean inside) {
        assertThat(holds(new Condition.Inside(CORPORATE), Optional.of(address))).isEqualTo(inside);
        assertThat(holds(new Condition.Outside(CORPORATE), Optional.of(address)))
                .isEqualTo(!inside);
    }

    @Test
    void anAddressThatCannotBeToldIsInsideOfNothing() {
        assertThat(holds(new Condition.Inside(CORPORATE), Optional.empty())).isFalse();
        assertThat(holds(new Condition.Outside(CORPORATE), Optional.empty())).isTrue();
        assertThat(holds(new Condition.Inside(networks("0.0.0.0/0", "::/0")), Optional.empty()))
                .isFalse();
        assertThat(holds(new Condition.Outside(networks("0.0.0.0/0", "::/0")), Optional.empty()))
                .isTrue();
    }

    @Test
    void everythingOfOneFamilyIsNothingOfTheOther() {
        assertThat(holds(new Condition.Inside(networks("0.0.0.0/0")), Optional.of("2001:db8::1")))
                .isFalse();
        assertThat(holds(new Condition.Inside(networks("::/0")), Optional.of("192.0.2.1")))
                .isFalse();
    }

    @Test
    void aListWithoutNetworksNeverMeansAll() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Condition.Inside(List.of()))
                .withMessage("inside_networks is empty: an empty list never means all");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Condition.Outside(List.of()))
                .withMessage("outside_networks is empty: an empty list never means all");
    }

    private static boolean holds(Condition condition, Optional<String> address) {
        return condition.holds(Visitor.ann().from(address).facts());
    }

    private static List<Network> networks(String... ranges) {
        return Stream.of(ranges)
                .map(range -> StrictAddresses.network(range).orElseThrow())
                .toList();
    }
}
