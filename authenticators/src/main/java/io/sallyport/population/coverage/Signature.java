package io.sallyport.population.coverage;

import io.sallyport.policy.Method;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the policy can know of a user, as the database gathers it: whoever has the same stands where he stands.
 *
 * @param groups ids of his own groups that matter, and of those behind his organizations
 * @param roles ids of his own roles that matter
 * @param methods one bit for each method of his factors
 * @param graces what he made of his graces
 */
record Signature(String groups, String roles, int methods, String graces) {

    /** Between two ids. */
    static final String SEPARATOR = ",";

    static Signature of(
            @Nullable Object groups, @Nullable Object roles, @Nullable Object methods, @Nullable Object graces) {
        return new Signature(
                text(groups), text(roles), methods instanceof Number bits ? bits.intValue() : 0, text(graces));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    Set<String> groupIds() {
        return parts(groups);
    }

    Set<String> roleIds() {
        return parts(roles);
    }

    static Set<String> parts(String text) {
        return text.isEmpty() ? Set.of() : Set.of(text.split(SEPARATOR, -1));
    }

    /** The bit of a method; none of one that nobody enrolls. */
    static int bit(Method method) {
        return switch (method) {
            case TOTP -> 1;
            case WEBAUTHN -> 2;
            case SMS_OTP -> 4;
            case RECOVERY_CODE, TEMPORARY_PASS, EMAIL_CODE -> 0;
        };
    }

    Set<Method> held() {
        Set<Method> held = EnumSet.noneOf(Method.class);
        for (Method method : Method.values()) {
            if ((methods & bit(method)) != 0) {
                held.add(method);
            }
        }
        return Collections.unmodifiableSet(held);
    }
}
