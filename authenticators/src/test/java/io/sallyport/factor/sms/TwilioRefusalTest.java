package io.sallyport.factor.sms;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.exception.ApiConnectionException;
import com.twilio.exception.ApiException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Twilio's numbers mean to us. */
final class TwilioRefusalTest {

    @ParameterizedTest
    @CsvSource({
        "400, 21211, refused sms_number_unreachable",
        "400, 21610, refused sms_number_unreachable",
        "403, 60410, refused sms_number_unreachable",
        "401, 0, outage sms_provider_credentials",
        "403, 0, outage sms_provider_credentials",
        "400, 20003, outage sms_provider_credentials",
        "429, 0, unavailable sms_provider_busy",
        "400, 20429, unavailable sms_provider_busy",
        "0, 0, unclear sms_no_answer",
        "500, 0, unclear sms_provider_error",
        "400, 30000, unavailable sms_provider_error"
    })
    void aRefusalSaysWhoseFaultItIs(int status, int code, String wanted) {
        assertThat(named(new TwilioRefusal(status, code, false).delivery())).isEqualTo(wanted);
    }

    @Test
    void whatTwilioDoesNotSayIsZero() {
        assertThat(TwilioRefusal.of(new ApiException("no answer"))).isEqualTo(new TwilioRefusal(0, 0, false));
        assertThat(TwilioRefusal.of(new ApiException("no", 21211, "", 400, 0, null, false, null)))
                .isEqualTo(new TwilioRefusal(400, 21211, false))
                .hasToString("status 400, code 21211");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                ConnectException.class,
                NoRouteToHostException.class,
                UnknownHostException.class,
                SSLHandshakeException.class
            })
    void whoIsNotReachedTookNothing(Class<? extends IOException> type) throws Exception {
        IOException cause = type.getConstructor(String.class).newInstance("secret");

        assertThat(named(TwilioRefusal.of(new ApiConnectionException("no", cause))
                        .delivery()))
                .isEqualTo("outage sms_provider_unreached");
        assertThat(named(TwilioRefusal.of(new ApiException("no", new SocketTimeoutException("late")))
                        .delivery()))
                .isEqualTo("unclear sms_no_answer");
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
                unavailable -> (unavailable.toAnybody() ? "outage " : "unavailable ") + unavailable.reason(),
                unclear -> "unclear " + unclear.reason());
    }
}
