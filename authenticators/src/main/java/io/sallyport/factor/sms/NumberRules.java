package io.sallyport.factor.sms;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import io.sallyport.provider.Settings;
import io.sallyport.provider.SmsSetting;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which numbers get messages: mobile ones of the allowed countries, by the tables of libphonenumber.
 *
 * @param countries ISO 3166 codes
 * @param region country of a number that is entered without one; absent if it must have one
 */
public record NumberRules(Set<String> countries, Optional<String> region) {

    /** Digits and what people put between them; no letters, no extension, nothing that would have to be resolved. */
    private static final Pattern TYPED = Pattern.compile("\\+?[0-9][0-9 ()./-]{3,30}");

    private static final Set<PhoneNumberType> MOBILE =
            Set.of(PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE); // the latter: all of North America

    public NumberRules {
        countries = Set.copyOf(countries);
    }

    /** The rules of a realm. */
    public static NumberRules from(Settings settings) {
        return new NumberRules(settings.get(SmsSetting.COUNTRIES), settings.get(SmsSetting.REGION));
    }

    /** The number that somebody typed, or why no message goes there. */
    public Dialled parse(String typed) {
        String text = typed.strip();
        if (!TYPED.matcher(text).matches() || (region.isEmpty() && !text.startsWith("+"))) {
            return new Dialled.Refused(Dialled.Why.MALFORMED);
        }
        PhoneNumberUtil tables = PhoneNumberUtil.getInstance();
        try {
            Phonenumber.PhoneNumber parsed = tables.parse(text, region.orElse("ZZ"));
            return judge(tables, parsed);
        } catch (NumberParseException none) {
            return new Dialled.Refused(Dialled.Why.MALFORMED);
        }
    }

    /** The same for a number that was accepted once: rules change. */
    public boolean allow(PhoneNumber number) {
        return parse(number.e164()) instanceof Dialled.Accepted;
    }

    private Dialled judge(PhoneNumberUtil tables, Phonenumber.PhoneNumber parsed) {
        if (!tables.isValidNumber(parsed)) {
            return new Dialled.Refused(Dialled.Why.MALFORMED);
        }
        if (!countries.contains(
                Optional.ofNullable(tables.getRegionCodeForNumber(parsed)).orElse(""))) {
            return new Dialled.Refused(Dialled.Why.COUNTRY);
        }
        if (!MOBILE.contains(tables.getNumberType(parsed))) {
            return new Dialled.Refused(Dialled.Why.KIND);
        }
        return new Dialled.Accepted(PhoneNumber.ofE164(tables.format(parsed, PhoneNumberFormat.E164)));
    }
}
