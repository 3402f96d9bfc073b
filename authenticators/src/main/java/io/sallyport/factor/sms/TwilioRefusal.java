package io.sallyport.factor.sms;

import com.twilio.exception.ApiException;
import java.util.Optional;
import java.util.Set;

/**
 * Why Twilio did not take a message, by its numbers only.
 *
 * @param status of HTTP; 0 if there was no answer, or none that can be read
 * @param code of https://www.twilio.com/docs/api/errors; 0 if there was none
 */
record TwilioRefusal(int status, int code) {

    /**
     * The number itself is the reason: not a number, no route, not allowed, landline, unsubscribed (STOP), no mobile;
     * then Verify's: parameter, landline, blocked range, blocked as fraud.
     */
    private static final Set<Integer> NUMBER = Set.of(
            21211, 21214, 21217, 21219, 21265, 21401, 21407, 21408, 21421, 21610, 21612, 21614, 21635, 60200, 60205,
            60220, 60410, 60605);

    static TwilioRefusal of(ApiException refusal) {
        return new TwilioRefusal(
                Optional.ofNullable(refusal.getStatusCode()).orElse(0),
                Optional.ofNullable(refusal.getCode()).orElse(0));
    }

    Delivery delivery() {
        if (NUMBER.contains(code)) {
            return new Delivery.Refused("sms_number_unreachable");
        }
        if (status == 401 || status == 403 || code == 20003) {
            return new Delivery.Unavailable("sms_provider_credentials");
        }
        if (status == 429 || code == 20429) {
            return new Delivery.Unavailable("sms_provider_busy");
        }
        return new Delivery.Unavailable(status == 0 ? "sms_no_answer" : "sms_provider_error");
    }

    @Override
    public String toString() {
        return "status " + status + ", code " + code;
    }
}
