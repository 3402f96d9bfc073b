package io.sallyport.form;

import io.sallyport.policy.Method;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The methods that the page asked for. It leaves them in the sign-in, so that an answer by another method is refused
 * without asking the policy before the attempt is counted.
 *
 * @param methods the methods; empty if no page asked for any
 */
record Asked(Set<Method> methods) {

    private static final String NOTE = "sallyport.asked";
    private static final String SEPARATOR = " ";

    static Asked in(AuthenticationSessionModel signIn) {
        Set<Method> methods = EnumSet.noneOf(Method.class);
        for (String name :
                Optional.ofNullable(signIn.getAuthNote(NOTE)).orElse("").split(SEPARATOR, -1)) {
            Method.named(name).ifPresent(methods::add);
        }
        return new Asked(methods);
    }

    void leaveIn(AuthenticationSessionModel signIn) {
        signIn.setAuthNote(NOTE, methods.stream().map(Method::name).collect(Collectors.joining(SEPARATOR)));
    }

    /** The method that is meant if the answer names none. */
    Method first() {
        return methods.stream().findFirst().orElse(Method.TOTP);
    }
}
