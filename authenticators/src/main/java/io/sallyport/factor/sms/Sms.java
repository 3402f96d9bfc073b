package io.sallyport.factor.sms;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * One message, ready to be carried.
 *
 * @param to where it goes
 * @param code the code in it; absent if it only tells something
 * @param text what it says
 * @param locale the language of the text
 * @param validity how long the code can be entered
 * @param replaces the provider's reference of the last message to this number; absent if there was none lately
 */
public record Sms(
        PhoneNumber to,
        Optional<SmsCode> code,
        SmsText text,
        Locale locale,
        Duration validity,
        Optional<String> replaces) {

    /** The code in clear, for a provider that writes the text itself. */
    public String digits() {
        return code.orElseThrow(() -> new IllegalStateException("the message has no code"))
                .digits();
    }
}
