package io.sallyport.factor.sms;

import java.util.Locale;
import java.util.function.Function;

/** What became of a number that somebody typed. */
public sealed interface Dialled {

    /** A message may go there. */
    record Accepted(PhoneNumber number) implements Dialled {}

    /** None may. */
    record Refused(Why why) implements Dialled {}

    /** Why no message goes to a number. */
    enum Why {
        MALFORMED,
        /** The country is not on the list. */
        COUNTRY,
        /** Premium rate, shared cost, pager, internet telephony, a landline and whatever else is no mobile phone. */
        KIND;

        /** The reason in events. */
        public String wireName() {
            return "sms_number_" + name().toLowerCase(Locale.ROOT);
        }
    }

    /** One answer for each case. */
    default <T> T match(Function<Accepted, T> accepted, Function<Refused, T> refused) {
        return this instanceof Accepted number ? accepted.apply(number) : refused.apply((Refused) this);
    }
}
