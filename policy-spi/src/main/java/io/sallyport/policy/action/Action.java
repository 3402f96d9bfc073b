package io.sallyport.policy.action;

import io.sallyport.policy.Method;
import io.sallyport.policy.Strength;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A named high-privilege operation of an application, which needs a proof of its own. What the catalogue doesn't hold is
 * denied.
 *
 * @param type its name for applications: {@code approve_payment}
 * @param description what people approve, in English
 * @param translations the same by language
 * @param fields its details, in the order in which they are shown
 * @param strength how strong the proof must be
 * @param methods the only methods that may prove it; absent allows all but SMS, which must be named
 * @param maxAge how old the user's sign-in may be; absent is any age
 * @param ttl how long the approval may be spent; absent is the realm's {@code mfa.approval.ttl}
 * @param version counts its changes, from 1
 */
public record Action(
        String type,
        Description description,
        Map<String, Description> translations,
        List<Field> fields,
        Strength strength,
        Optional<Set<Method>> methods,
        Optional<Duration> maxAge,
        Optional<Duration> ttl,
        long version) {

    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    /** The purpose that every realm has: the proof of a sign-in, which is no action. */
    private static final String SIGN_IN = "sign_in";

    public Action {
        if (!isType(type)) {
            throw new IllegalArgumentException(
                    "want a to z, 0 to 9 and _, at most 64 of them, beginning with a letter, and not " + SIGN_IN);
        }
        translations = Map.copyOf(translations);
        fields = List.copyOf(fields);
        methods = methods.map(Set::copyOf);
        if (methodsOf(strength, methods).isEmpty()) {
            throw new IllegalArgumentException("no method is left that is strong enough: nobody could approve it");
        }
        checkPlaceholders(description, fields);
        for (Description translation : translations.values()) {
            checkPlaceholders(translation, fields);
        }
    }

    /** Whether an action may have this name. */
    public static boolean isType(String text) {
        return TYPE.matcher(text).matches() && !text.equals(SIGN_IN);
    }

    /** The methods that may prove it. */
    public Set<Method> proofs() {
        return methodsOf(strength, methods);
    }

    /** What people approve, in the language of this tag, or else in English. */
    public Description description(String language) {
        return translations.getOrDefault(language, description);
    }

    /** The same action as it is stored. */
    public Action stored(long number) {
        return new Action(type, description, translations, fields, strength, methods, maxAge, ttl, number);
    }

    private static Set<Method> methodsOf(Strength strength, Optional<Set<Method>> named) {
        Predicate<Method> allowed =
                method -> named.map(some -> some.contains(method)).orElse(method != Method.SMS_OTP);
        return Arrays.stream(Method.values())
                .filter(Method::enrollable)
                .filter(strength::accepts)
                .filter(allowed)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Method.class)));
    }

    /** What may be missing, or is not shown, can't be part of the sentence that people approve. */
    private static void checkPlaceholders(Description description, List<Field> fields) {
        for (String name : description.placeholders()) {
            Field field = fields.stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("{" + name + "} is no field of the action"));
            if (!field.required() || !field.shown()) {
                throw new IllegalArgumentException("{" + name + "} is a field that may be missing or is not shown");
            }
        }
    }
}
