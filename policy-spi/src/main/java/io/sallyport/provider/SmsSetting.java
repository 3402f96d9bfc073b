package io.sallyport.provider;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The settings of one-time codes by SMS: every message costs money, so that each of them has an end. */
public final class SmsSetting {

    private static final Set<String> REGIONS = Set.of(Locale.getISOCountries());

    public static final ConfigKey<Duration> CODE_TTL = new ConfigKey<>(
            "mfa.sms.code-ttl",
            "Life of an SMS code (seconds)",
            "How long a code that was sent by SMS can be entered.",
            "300",
            ConfigKey.seconds(30, 600));

    public static final ConfigKey<Duration> RESEND_COOLDOWN = new ConfigKey<>(
            "mfa.sms.resend-cooldown",
            "Pause between two messages (seconds)",
            "How long a user, and a number, waits for the next message.",
            "30",
            ConfigKey.seconds(30, 600));

    public static final ConfigKey<Integer> USER_CAP = cap("user", "user in 24 hours", "10", 100);

    public static final ConfigKey<Integer> NUMBER_CAP = cap("number", "number in 24 hours", "10", 100);

    public static final ConfigKey<Integer> PREFIX_CAP =
            cap("prefix", "range of numbers in an hour, which is a number without its last four digits", "30", 10_000);

    public static final ConfigKey<Integer> ADDRESS_CAP = cap("address", "client address in an hour", "30", 10_000);

    public static final ConfigKey<Integer> TENANT_CAP = cap("tenant", "organization in 24 hours", "500", 1_000_000);

    public static final ConfigKey<Integer> DAY_CAP = cap("day", "realm in 24 hours", "1000", 1_000_000);

    public static final ConfigKey<Set<String>> COUNTRIES = new ConfigKey<>(
            "mfa.sms.countries",
            "Countries of SMS",
            "Countries whose mobile numbers get messages, as ISO 3166 codes separated by commas.",
            "AT,AU,BE,CA,CH,DE,DK,ES,FI,FR,GB,IE,IT,LU,NL,NO,NZ,PL,PT,SE,US",
            SmsSetting::countries);

    public static final ConfigKey<Optional<String>> REGION = new ConfigKey<>(
            "mfa.sms.region",
            "Country of numbers without one",
            "The country of numbers that are entered without +; empty means that only +… is taken.",
            "",
            text -> text.isEmpty() ? Optional.empty() : Optional.of(country(text)));

    private SmsSetting() {}

    /** All of them, in the order of the documentation. */
    static List<ConfigKey<?>> all() {
        return List.of(
                CODE_TTL,
                RESEND_COOLDOWN,
                USER_CAP,
                NUMBER_CAP,
                PREFIX_CAP,
                ADDRESS_CAP,
                TENANT_CAP,
                DAY_CAP,
                COUNTRIES,
                REGION);
    }

    private static ConfigKey<Integer> cap(String name, String whose, String defaultText, int most) {
        Function<String, Integer> parser = ConfigKey.number(1, most);
        return new ConfigKey<>(
                "mfa.sms." + name + "-cap",
                "Messages for a " + name,
                "At most so many messages for one " + whose + ".",
                defaultText,
                parser);
    }

    private static Set<String> countries(String text) {
        Set<String> countries = new TreeSet<>();
        Arrays.stream(text.split(",", -1)).map(name -> country(name.strip())).forEach(countries::add);
        return Set.copyOf(countries);
    }

    private static String country(String name) {
        if (!REGIONS.contains(name)) {
            throw new IllegalArgumentException("ISO 3166 codes of countries, such as DE");
        }
        return name;
    }
}
