package io.sallyport.form;

import io.sallyport.policy.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The order in which methods are offered: what was used last, then the strongest; a fallback never comes first. */
final class Preference {

    private static final List<Method> STRONGEST_FIRST = List.of(
            Method.WEBAUTHN,
            Method.TOTP,
            Method.SMS_OTP,
            Method.RECOVERY_CODE,
            Method.TEMPORARY_PASS,
            Method.EMAIL_CODE);
    private static final Set<Method> FALLBACKS =
            Set.of(Method.SMS_OTP, Method.RECOVERY_CODE, Method.TEMPORARY_PASS, Method.EMAIL_CODE);

    private Preference() {}

    /** Whether their order depends on what was used last, as it does between methods that are no fallback. */
    static boolean isByUse(Set<Method> offered) {
        return offered.stream().filter(method -> !FALLBACKS.contains(method)).count() > 1;
    }

    /** The offered methods in order. */
    static List<Method> order(Set<Method> offered, List<Method> lastUsed) {
        List<Method> ordered = new ArrayList<>(offered);
        ordered.sort(Comparator.comparing((Method method) -> FALLBACKS.contains(method))
                .thenComparing(method -> FALLBACKS.contains(method) || !lastUsed.contains(method)
                        ? Integer.MAX_VALUE
                        : lastUsed.indexOf(method))
                .thenComparing(STRONGEST_FIRST::indexOf));
        return List.copyOf(ordered);
    }
}
