package io.sallyport.policy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.Method;
import io.sallyport.policy.Network;
import io.sallyport.policy.Strength;
import io.sallyport.policy.address.StrictAddresses;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** POL-13: what is accepted and warned of. */
final class WarningsTest {

    private static final Instant NEXT_YEAR = Instant.parse("2027-03-01T12:00:00Z");

    @Test
    void anOrdinaryPolicyHasNone() {
        assertThat(of(
                        Draft.required("a", Draft.global()).strength(Strength.PHISHING_RESISTANT),
                        Draft.required("b", Draft.global())
                                .methods(Method.SMS_OTP, Method.TOTP)
                                .strength(Strength.NO_SMS),
                        Draft.off("c", Draft.tenant("acme")).validUntil(NEXT_YEAR),
                        Draft.required("d", Draft.global())
                                .when(new Condition.Inside(networks("0.0.0.0/1", "10.0.0.0/8", "2000::/3")))))
                .isEmpty();
    }

    @Test
    void aNetworkThatIsEverythingIsNamed() {
        assertThat(of(Draft.required("a", Draft.global())
                        .when(
                                new Condition.Inside(networks("10.0.0.0/8", "0.0.0.0/0")),
                                new Condition.Outside(networks("::/0")))))
                .containsExactly(
                        "rule name of a (a): inside_networks has 0.0.0.0/0, which is every IPv4 address",
                        "rule name of a (a): outside_networks has ::/0, which is every IPv6 address");
    }

    @Test
    void anExceptionOfMoreThanAYearIsNamedAndALongRequirementIsNot() {
        Instant later = NEXT_YEAR.plus(Duration.ofMillis(1));

        assertThat(of(
                        Draft.off("a", Draft.user("ann")).validUntil(later),
                        Draft.required("b", Draft.user("ann")).validUntil(later),
                        Draft.off("c", Draft.global()).validUntil(later)))
                .containsExactly(
                        "rule name of a (a): the exception lasts until 2027-03-01T12:00:00.001Z, more than a year");
    }

    @Test
    void aRuleThatNobodyCanMeetIsNamed() {
        assertThat(of(
                        Draft.required("a", Draft.global())
                                .methods(Method.SMS_OTP)
                                .strength(Strength.NO_SMS),
                        Draft.required("b", Draft.global())
                                .methods(Method.SMS_OTP, Method.TOTP)
                                .strength(Strength.PHISHING_RESISTANT),
                        Draft.off("c", Draft.global()).methods(Method.SMS_OTP).strength(Strength.NO_SMS)))
                .containsExactly(
                        "rule name of a (a): strength NO_SMS leaves none of its methods: everybody it is about is"
                                + " refused",
                        "rule name of b (b): strength PHISHING_RESISTANT leaves none of its methods: everybody it is"
                                + " about is refused");
    }

    private static List<String> of(Draft... rules) {
        return Warnings.of(Stream.of(rules).map(Draft::done).toList(), Visitor.NOW);
    }

    private static List<Network> networks(String... ranges) {
        return Stream.of(ranges)
                .map(range -> StrictAddresses.network(range).orElseThrow())
                .toList();
    }
}
