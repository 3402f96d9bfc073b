package io.sallyport.policy.rules;

import io.sallyport.policy.Grace;
import io.sallyport.policy.Method;
import io.sallyport.policy.Requirement;
import io.sallyport.policy.Strength;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a rule asks for where it applies.
 *
 * @param required whether MFA is required
 * @param strength how strong the method must be
 * @param methods the methods that count; absent means every method
 * @param maxAge how old the proof may be; absent means the life of the session
 * @param grace how long enrolling may be put off; absent means not at all
 */
public record Demand(
        boolean required,
        Strength strength,
        Optional<Set<Method>> methods,
        Optional<Duration> maxAge,
        Optional<Grace> grace) {

    public Demand {
        methods = methods.map(Demand::checked);
        maxAge.filter(age -> age.isZero() || age.isNegative()).ifPresent(age -> {
            throw new IllegalArgumentException("max_age = " + age.toSeconds() + ", want at least 1 second");
        });
    }

    /** MFA by any method, or no MFA. */
    public static Demand of(boolean required) {
        return new Demand(required, Strength.ANY, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** What a proof must be where it is required. */
    Requirement requirement() {
        return new Requirement(
                strength, methods.orElseGet(() -> Requirement.anyMethod().methods()), maxAge);
    }

    private static Set<Method> checked(Set<Method> methods) {
        if (methods.isEmpty()) {
            throw new IllegalArgumentException("methods is empty: an empty list never means all");
        }
        if (methods.contains(Method.RECOVERY_CODE)) {
            throw new IllegalArgumentException("methods has RECOVERY_CODE, want TOTP, WEBAUTHN or SMS_OTP");
        }
        return Collections.unmodifiableSet(EnumSet.copyOf(methods));
    }
}
