package io.sallyport.enroll;

import io.sallyport.policy.Method;
import java.util.Optional;
import org.keycloak.sessions.AuthenticationSessionModel;

/** At which step an enrollment is, in notes of the sign-in on the server. */
final class EnrollmentNotes {

    private static final String CHOSEN = "sallyport.enrollment.chosen";
    private static final String METHOD = "sallyport.enrollment.method";
    private static final String PENDING = "sallyport.enrollment";
    private static final String KEY_TYPE = "sallyport.enrollment.key-type";

    private final AuthenticationSessionModel signIn;

    EnrollmentNotes(AuthenticationSessionModel signIn) {
        this.signIn = signIn;
    }

    /** Another method, or the list of them; whatever was begun is left to expire. */
    void choose(Optional<Method> method) {
        forget();
        method.ifPresent(chosen -> signIn.setAuthNote(CHOSEN, chosen.name()));
    }

    /** What the user chose; what he may have is decided when it is shown. */
    Optional<Method> chosen() {
        return Optional.ofNullable(signIn.getAuthNote(CHOSEN)).flatMap(Method::named);
    }

    /** A page of this method was shown, so its user might have it then. */
    void at(Method method) {
        signIn.setAuthNote(METHOD, method.name());
    }

    /** The page that asks for a proof was shown; what was begun goes on after it. */
    void atProof() {
        signIn.removeAuthNote(METHOD);
    }

    /** The method whose page was shown last; empty if it was another page. */
    Optional<Method> method() {
        return Optional.ofNullable(signIn.getAuthNote(METHOD)).flatMap(Method::named);
    }

    void begun(String enrollmentId) {
        signIn.setAuthNote(PENDING, enrollmentId);
    }

    /** What was begun is left to expire; the method stays. */
    void abandon() {
        signIn.removeAuthNote(PENDING);
    }

    /** Id of the enrollment that waits for its first answer. */
    Optional<String> pending() {
        return Optional.ofNullable(signIn.getAuthNote(PENDING));
    }

    /** Whether a page of an enrollment was shown. */
    boolean isUnderWay() {
        return method().isPresent() || chosen().isPresent();
    }

    /** Keycloak's type of the key that the action is for. */
    void keyType(String type) {
        signIn.setAuthNote(KEY_TYPE, type);
    }

    Optional<String> keyType() {
        return Optional.ofNullable(signIn.getAuthNote(KEY_TYPE));
    }

    void forget() {
        signIn.removeAuthNote(CHOSEN);
        signIn.removeAuthNote(METHOD);
        signIn.removeAuthNote(PENDING);
    }
}
