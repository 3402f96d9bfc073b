package io.sallyport.enroll;

import io.sallyport.factor.SecondFactors;
import io.sallyport.policy.Method;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The name that a user may give a factor: short, plain, and not the one of another of the same method. */
final class Label {

    private static final int MAX_LENGTH = 64;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;

    Label(KeycloakSession session, RealmModel realm, UserModel user) {
        this.session = session;
        this.realm = realm;
        this.user = user;
    }

    /** Why the label won't do, as a message key; empty if it will. */
    Optional<String> problemWith(Method method, String label) {
        if (label.length() > MAX_LENGTH || label.codePoints().anyMatch(Character::isISOControl)) {
            return Optional.of("mfaLabelInvalid");
        }
        boolean taken = new SecondFactors(session)
                .of(method)
                .filter(factor -> factor.enrollments(realm, user).stream()
                        .anyMatch(other -> other.label().equals(label)))
                .isPresent();
        return taken ? Optional.of("mfaLabelTaken") : Optional.empty();
    }
}
