package io.sallyport.factor.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.crypto.Boxes;
import io.sallyport.provider.SmsSetting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The small types around a message: each case is its own, and nothing is counted in clear. */
final class SendingTypesTest {

    private static final PhoneNumber NUMBER = PhoneNumber.ofE164("+4915112345678");

    @Test
    void everyDecisionIsACaseOfItsOwn() {
        List<SendDecision> decisions = List.of(
                new SendDecision.Granted("id", Optional.empty()),
                new SendDecision.Waiting(Instant.EPOCH),
                new SendDecision.Capped(Cap.USER, Instant.EPOCH));

        assertThat(decisions)
                .extracting(decision ->
                        decision.<String>match(granted -> "granted", waiting -> "waiting", capped -> "capped"))
                .containsExactly("granted", "waiting", "capped");
    }

    @Test
    void everyDeliveryIsACaseOfItsOwn() {
        List<Delivery> deliveries = List.of(
                new Delivery.Sent("id"),
                new Delivery.Refused("no"),
                new Delivery.Unavailable("later", false),
                new Delivery.Unavailable("never", true),
                new Delivery.Unclear("perhaps"));

        assertThat(deliveries)
                .extracting(delivery -> delivery.<String>match(
                        sent -> "sent", refused -> "refused", unavailable -> "unavailable", unclear -> "unclear"))
                .containsExactly("sent", "refused", "unavailable", "unavailable", "unclear");
        assertThat(deliveries).extracting(Delivery::isOutage).containsExactly(false, false, false, true, true);
    }

    @Test
    void everyDialledNumberIsACaseOfItsOwn() {
        assertThat(new Dialled.Accepted(NUMBER).<String>match(accepted -> "accepted", refused -> "refused"))
                .isEqualTo("accepted");
        assertThat(new Dialled.Refused(Dialled.Why.KIND)
                        .<String>match(
                                accepted -> "accepted", refused -> refused.why().wireName()))
                .isEqualTo("sms_number_kind");
    }

    @Test
    void everyCapHasItsOwnSettingConditionAndName() {
        assertThat(Stream.of(Cap.values()).map(Cap::setting).toList())
                .containsExactly(
                        SmsSetting.USER_CAP,
                        SmsSetting.NUMBER_CAP,
                        SmsSetting.PREFIX_CAP,
                        SmsSetting.ADDRESS_CAP,
                        SmsSetting.TENANT_CAP,
                        SmsSetting.DAY_CAP);
        assertThat(Stream.of(Cap.values()).map(Cap::condition).toList())
                .doesNotHaveDuplicates()
                .allMatch(condition -> condition.contains(":value"));
        assertThat(Stream.of(Cap.values()).map(Cap::wireName).toList())
                .containsExactly(
                        "sms_user_cap",
                        "sms_number_cap",
                        "sms_prefix_cap",
                        "sms_address_cap",
                        "sms_tenant_cap",
                        "sms_day_cap");
        assertThat(Stream.of(Cap.values())
                        .filter(cap -> cap.window().equals(Duration.ofHours(1)))
                        .collect(Collectors.toSet()))
                .isEqualTo(Set.of(Cap.PREFIX, Cap.ADDRESS));
    }

    @Test
    void whatIsCountedIsHashedByRealmAndKind() {
        HashedNumber one = hashed("realm", NUMBER.e164());

        assertThat(one).isEqualTo(hashed("realm", NUMBER.e164()));
        assertThat(List.of(
                        one.whole(),
                        one.prefix(),
                        one.address(),
                        hashed("other", NUMBER.e164()).whole()))
                .doesNotHaveDuplicates()
                .noneMatch(hash -> hash.contains("491511"));
    }

    @Test
    void aRequestCannotBeChangedFromOutside() {
        List<String> tenants = new ArrayList<>(List.of("acme"));
        SendRequest request = new SendRequest("realm", "user", "challenge", NUMBER, Optional.of("192.0.2.1"), tenants);

        tenants.add("other");

        assertThat(request.tenants()).containsExactly("acme");
    }

    private static HashedNumber hashed(String realm, String address) {
        return HashedNumber.of(
                Boxes.keyed(), new SendRequest(realm, "user", "challenge", NUMBER, Optional.of(address), List.of()));
    }
}
