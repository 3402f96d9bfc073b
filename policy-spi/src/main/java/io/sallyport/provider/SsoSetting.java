package io.sallyport.provider;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The settings of sign-ins by an identity provider; as they are by default, no provider's word stands for MFA. */
public final class SsoSetting {

    private static final int MOST = 50;

    public static final ConfigKey<Set<String>> TRUSTED_PROVIDERS = list(
            "mfa.sso.trusted-providers",
            "Identity providers trusted for MFA",
            "Aliases of identity providers, separated by commas, whose users need no second factor here. It holds for"
                    + " links older than the sign-in, without a local password, and where no rule names the provider.",
            "");

    public static final ConfigKey<Set<String>> AMR = list(
            "mfa.sso.amr",
            "amr of a trusted provider",
            "Values of amr, separated by commas, one of which the ID token of a trusted provider must have. Empty, with"
                    + " mfa.sso.acr empty too, means that it need not say anything.",
            "mfa");

    public static final ConfigKey<Set<String>> ACR = list(
            "mfa.sso.acr",
            "acr of a trusted provider",
            "Values of acr, separated by commas, that stand for one of mfa.sso.amr.",
            "");

    public static final ConfigKey<Boolean> ENROLLMENT = new ConfigKey<>(
            "mfa.sso.enrollment",
            "Factors for users of identity providers",
            "Whether a user without a local password who comes by an identity provider may set up a second factor here;"
                    + " if not, only where a rule names the provider.",
            "false",
            OneOf.BOOL);

    private SsoSetting() {}

    /** All of them, in the order of the documentation. */
    static List<ConfigKey<?>> all() {
        return List.of(TRUSTED_PROVIDERS, AMR, ACR, ENROLLMENT);
    }

    /** The text of these values. */
    public static String text(Set<String> values) {
        return values.stream().sorted().collect(Collectors.joining(","));
    }

    private static ConfigKey<Set<String>> list(String name, String label, String help, String defaultText) {
        return new ConfigKey<>(name, label, help, defaultText, SsoSetting::values);
    }

    /** Without blanks inside: they separate the values where a session keeps them. */
    private static Set<String> values(String text) {
        if (text.isEmpty()) {
            return Set.of();
        }
        Set<String> values = new LinkedHashSet<>();
        for (String value : text.split(",", -1)) {
            if (!value.strip().matches("\\S{1,255}") || !values.add(value.strip())) {
                throw new IllegalArgumentException("names without blanks, each of them once, separated by commas");
            }
        }
        if (values.size() > MOST) {
            throw new IllegalArgumentException("at most " + MOST + " names");
        }
        return Set.copyOf(values);
    }
}
