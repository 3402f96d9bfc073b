package io.sallyport.factor;

import io.sallyport.policy.Method;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** All the second factors of this server, strongest first. */
public final class SecondFactors {

    private final KeycloakSession session;
    private final List<SecondFactor> factors;

    /** The factors in the session's transaction. */
    public SecondFactors(KeycloakSession session) {
        this.session = session;
        this.factors = List.of(
                new WebAuthnFactor(session),
                new TotpFactor(session),
                new SmsFactor(session),
                new RecoveryFactor(session),
                new PassFactor(session),
                new EmailFactor(session));
    }

    /** The factor of a method; empty if this server has none. */
    public Optional<SecondFactor> of(Method method) {
        return factors.stream().filter(factor -> factor.method() == method).findFirst();
    }

    /** The factor of a method, if it can be verified in the realm. */
    public Optional<SecondFactor> verifiable(RealmModel realm, Method method) {
        return of(method)
                .filter(factor -> !method.enrollable() || available(realm).contains(method));
    }

    /** The methods that can be verified and enrolled in the realm, strongest first. */
    public Set<Method> available(RealmModel realm) {
        Set<Method> methods = EnumSet.noneOf(Method.class);
        Set<Method> allowed = RealmSettings.of(session, realm).get(Setting.METHODS);
        factors.stream()
                .filter(factor -> allowed.contains(factor.method()) && factor.configured(realm))
                .map(SecondFactor::method)
                .forEach(methods::add);
        return Collections.unmodifiableSet(methods);
    }

    /** The methods whose questions are sent somewhere, so that nobody is asked by them unless he wants it. */
    public Set<Method> delivering() {
        Set<Method> methods = EnumSet.noneOf(Method.class);
        factors.stream()
                .filter(SecondFactor::delivers)
                .map(SecondFactor::method)
                .forEach(methods::add);
        return Collections.unmodifiableSet(methods);
    }

    /** Whether the user has a factor of any method, be it available in the realm or not. */
    public boolean anyHeld(RealmModel realm, UserModel user) {
        return factors.stream()
                .filter(factor -> factor.method().enrollable())
                .anyMatch(factor -> !factor.enrollments(realm, user).isEmpty());
    }

    /** Whether the user has a factor of any method, or ever had one that was active. */
    public boolean everHeld(RealmModel realm, UserModel user) {
        return anyHeld(realm, user) || new Enrollments(session).everActive(realm.getId(), user.getId());
    }

    /** The methods, beside those enrolled, that open the way to enrolling a factor: recovery codes and the like. */
    public Set<Method> lastResorts(RealmModel realm, UserModel user) {
        Set<Method> methods = EnumSet.noneOf(Method.class);
        factors.stream()
                .filter(factor -> !factor.method().enrollable())
                .filter(factor -> !factor.enrollments(realm, user).isEmpty())
                .map(SecondFactor::method)
                .forEach(methods::add);
        return Collections.unmodifiableSet(methods);
    }

    /** The available methods of which the user has an active enrollment. */
    public Set<Method> enrolled(RealmModel realm, UserModel user) {
        Set<Method> methods = EnumSet.noneOf(Method.class);
        available(realm).stream()
                .filter(method -> of(method)
                        .filter(factor -> !factor.enrollments(realm, user).isEmpty())
                        .isPresent())
                .forEach(methods::add);
        return Collections.unmodifiableSet(methods);
    }
}
