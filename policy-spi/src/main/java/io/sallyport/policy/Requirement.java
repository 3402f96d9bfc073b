package io.sallyport.policy;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a proof must be to satisfy a decision.
 *
 * @param strength how strong the method must be
 * @param methods the methods that count, never empty
 * @param maxAge how old the proof may be; absent means the life of the session
 */
public record Requirement(Strength strength, Set<Method> methods, Optional<Duration> maxAge) {

    public Requirement {
        if (methods.isEmpty()) {
            throw new IllegalArgumentException("methods is empty: nobody could pass");
        }
        methods = Collections.unmodifiableSet(EnumSet.copyOf(methods));
    }

    /** The requirement of a policy that could not be read: any strong-enough method, and none is left out. */
    public static Requirement anyMethod() {
        return new Requirement(
                Strength.ANY, EnumSet.of(Method.TOTP, Method.WEBAUTHN, Method.SMS_OTP), Optional.empty());
    }

    /** Whether a proof by this method counts. */
    public boolean accepts(Method method) {
        return methods.contains(method) && strength.accepts(method);
    }
}
