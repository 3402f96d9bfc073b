package io.sallyport.factor.sms;

import com.twilio.exception.ApiException;
import com.twilio.exception.TwilioException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/**
 * Why Twilio did not take a message, by its numbers only.
 *
 * @param status of HTTP; 0 if there was no answer, or none that can be read
 * @param code of https://www.twilio.com/docs/api/errors; 0 if there was none
 * @param unreached whether the request never left
 */
record TwilioRefusal(int status, int code, boolean unreached) {

    /**
     * The number itself is the reason: not a number, no route, not allowed, landline, unsubscribed (STOP), no mobile;
     * then Verify's: parameter, landline, blocked range, blocked as fraud.
     */
    private static final Set<Integer> NUMBER = Set.of(
            21211, 21214, 21217, 21219, 21265, 21401, 21407, 21408, 21421, 21610, 21612, 21614, 21635, 60200, 60205,
            60220, 60410, 60605);

    /** Before the first byte of a request there was nobody to send it to. */
    private static final Set<Class<? extends IOException>> UNREACHED = Set.of(
            ConnectException.class,
            NoRouteToHostException.class,
            UnknownHostException.class,
            SSLHandshakeException.class,
            ConnectTimeoutException.class,
            ConnectionRequestTimeoutException.class);

    static TwilioRefusal of(TwilioException refusal) {
        if (refusal instanceof ApiException answer && answer.getStatusCode() != null) {
            return new TwilioRefusal(
                    answer.getStatusCode(),
                    Optional.ofNullable(answer.getCode()).orElse(0),
                    false);
        }
        return new TwilioRefusal(0, 0, isUnreached(refusal));
    }

    Delivery delivery() {
        if (NUMBER.contains(code)) {
            return new Delivery.Refused("sms_number_unreachable");
        }
        if (status == 401 || status == 403 || code == 20003) {
            return new Delivery.Unavailable("sms_provider_credentials", true);
        }
        if (status == 429 || code == 20429) {
            return new Delivery.Unavailable("sms_provider_busy", false); // there is a limit for each number, too
        }
        if (status >= 400 && status < 500) {
            return new Delivery.Unavailable("sms_provider_error", false);
        }
        if (unreached) {
            return new Delivery.Unavailable("sms_provider_unreached", true);
        }
        return new Delivery.Unclear(status == 0 ? "sms_no_answer" : "sms_provider_error");
    }

    private static boolean isUnreached(TwilioException refusal) {
        return Stream.iterate((Throwable) refusal, Objects::nonNull, Throwable::getCause)
                .limit(10)
                .anyMatch(cause -> UNREACHED.stream().anyMatch(type -> type.isInstance(cause)));
    }

    @Override
    public String toString() {
        return "status " + status + ", code " + code;
    }
}
