package io.sallyport.factor.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NumberRulesTest {

    private final NumberRules rules = new NumberRules(Set.of("DE", "US", "GB", "FR"), Optional.empty());

    @ParameterizedTest
    @CsvSource({
        "+4915112345678, +4915112345678",
        "+49 (151) 123-456.78, +4915112345678",
        "' +49 151 12345678 ', +4915112345678",
        "+12015550123, +12015550123",
        "+447400123456, +447400123456",
        "+33612345678, +33612345678"
    })
    void aMobileNumberOfAnAllowedCountryIsTaken(String typed, String e164) {
        assertThat(rules.parse(typed)).isEqualTo(new Dialled.Accepted(PhoneNumber.ofE164(e164)));
    }

    @ParameterizedTest(name = "{0} is refused as {1}")
    @DisplayName("SMS-09: premium ranges, satellites, shared cost, pagers and other countries are never sent to")
    @CsvSource({
        "+19002345678, KIND",
        "+499001123456, KIND",
        "+491805012345, KIND",
        "+441212345678, KIND",
        "+445612345678, KIND",
        "+447640123456, KIND",
        "+979123456789, COUNTRY",
        "+882345678901, MALFORMED",
        "+883510012345678, COUNTRY",
        "+18762101234, COUNTRY",
        "+21620123456, COUNTRY",
        "+8801812345678, COUNTRY"
    })
    void whatMayCostMoreIsRefused(String typed, String why) {
        assertThat(rules.parse(typed)).isEqualTo(new Dialled.Refused(Dialled.Why.valueOf(why)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "015112345678",
                "004915112345678",
                "15112345678",
                "+49151",
                "+491511234567890123456789012345",
                "+49 151 12345678 ext. 9",
                "+49 151 12345678;ext=9",
                "tel:+4915112345678",
                "+49151CALLME12",
                "+４９15112345678",
                "+٤٩15112345678",
                "+49\n15112345678",
                "sip:ann@example.com",
                "+49,15112345678",
                "++4915112345678",
                "+00000000000",
                "*31#+4915112345678"
            })
    void whatIsNoNumberIsRefusedAndNothingIsResolved(String typed) {
        assertThat(rules.parse(typed)).isEqualTo(new Dialled.Refused(Dialled.Why.MALFORMED));
    }

    @Test
    void aNationalNumberIsTakenOnlyWhereARegionIsConfigured() {
        NumberRules german = new NumberRules(Set.of("DE"), Optional.of("DE"));

        assertThat(german.parse("0151 12345678")).isEqualTo(new Dialled.Accepted(PhoneNumber.ofE164("+4915112345678")));
    }

    @Test
    void aNumberThatWasTakenOnceIsJudgedByTheRulesOfToday() {
        PhoneNumber number = PhoneNumber.ofE164("+4915112345678");

        assertThat(rules.allow(number)).isTrue();
        assertThat(new NumberRules(Set.of("FR"), Optional.empty()).allow(number))
                .isFalse();
    }
}
