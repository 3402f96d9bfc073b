package io.sallyport.factor.sms;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.exception.ApiException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Twilio's numbers mean to us. */
final class TwilioRefusalTest {

    @ParameterizedTest
    @CsvSource({
        "400, 21211, refused sms_number_unreachable",
        "400, 21610, refused sms_number_unreachable",
        "403, 60410, refused sms_number_unreachable",
        "401, 0, unavailable sms_provider_credentials",
        "403, 0, unavailable sms_provider_credentials",
        "400, 20003, unavailable sms_provider_credentials",
        "429, 0, unavailable sms_provider_busy",
        "400, 20429, unavailable sms_provider_busy",
        "0, 0, unavailable sms_no_answer",
        "500, 0, unavailable sms_provider_error",
        "400, 30000, unavailable sms_provider_error"
    })
    void aRefusalSaysWhoseFaultItIs(int status, int code, String wanted) {
        assertThat(named(new TwilioRefusal(status, code).delivery())).isEqualTo(wanted);
    }

    @Test
    void whatTwilioDoesNotSayIsZero() {
        assertThat(TwilioRefusal.of(new ApiException("no answer"))).isEqualTo(new TwilioRefusal(0, 0));
        assertThat(TwilioRefusal.of(new ApiException("no", 21211, "", 400, 0, null, false, null)))
                .isEqualTo(new TwilioRefusal(400, 21211))
                .hasToString("status 400, code 21211");
    }

    @ParameterizedTest
    @CsvSource({"delivered, DELIVERED", "undelivered, UNDELIVERED", "failed, UNDELIVERED", "sent,", "queued,"})
    void ofAReportOnlyTheEndIsKept(String status, SendStatus kept) {
        Map<String, String> form = Map.of("MessageSid", "SM1", "MessageStatus", status);

        assertThat(TwilioReport.of(form).map(StatusReport::status).orElse(null)).isEqualTo(kept);
        assertThat(TwilioReport.of(form).map(StatusReport::reference).orElse("SM1"))
                .isEqualTo("SM1");
    }

    @Test
    void aReportAboutNoMessageIsNone() {
        assertThat(TwilioReport.of(Map.of("MessageStatus", "delivered"))).isEmpty();
        assertThat(TwilioReport.of(Map.of("MessageSid", "SM1"))).isEmpty();
    }

    private static String named(Delivery delivery) {
        return delivery.match(
                sent -> "sent " + sent.reference(),
                refused -> "refused " + refused.reason(),
                unavailable -> "unavailable " + unavailable.reason());
    }
}
