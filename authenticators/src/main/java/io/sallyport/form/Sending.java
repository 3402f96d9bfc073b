package io.sallyport.form;

import io.sallyport.factor.Asking;
import io.sallyport.factor.Purpose;
import io.sallyport.provider.KeycloakClock;
import io.sallyport.verify.Posed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Whether a message was sent in a sign-in and when the next one may be, so that every page of it can say so. */
public final class Sending {

    private static final String NOTE = "sallyport.sending.";

    private final AuthenticationSessionModel signIn;
    private final String sent;
    private final String next;
    private Optional<String> problem = Optional.empty();

    /** The messages of this purpose. */
    public Sending(AuthenticationSessionModel signIn, Purpose purpose) {
        this.signIn = signIn;
        this.sent = NOTE + purpose + ".sent";
        this.next = NOTE + purpose + ".next";
    }

    /** Remembers what came of sending. */
    public void posed(Posed posed) {
        problem = posed.problem().map(Asking.NotNow::message);
        if (!posed.open()) {
            signIn.removeAuthNote(sent);
        } else if (posed.problem().isEmpty()) {
            signIn.setAuthNote(sent, posed.shown().containsKey(Posed.UNCLEAR) ? Posed.UNCLEAR : "true");
        }
        posed.problem()
                .flatMap(Asking.NotNow::retryAt)
                .map(Instant::toString)
                .or(() -> Optional.ofNullable(posed.shown().get("resendAt")).map(Object::toString))
                .ifPresentOrElse(at -> signIn.setAuthNote(next, at), () -> signIn.removeAuthNote(next));
    }

    /** Message key of why nothing was sent. */
    public Optional<String> problem() {
        return problem;
    }

    /** What a page shows: whether a code is on its way, or may be, and for how many seconds the next one must wait. */
    public Map<String, Object> last() {
        Map<String, Object> shown = new HashMap<>();
        shown.put("sent", signIn.getAuthNote(sent) != null);
        shown.put(Posed.UNCLEAR, Posed.UNCLEAR.equals(signIn.getAuthNote(sent)));
        Optional.ofNullable(signIn.getAuthNote(next))
                .map(at -> Duration.between(KeycloakClock.now(), Instant.parse(at)))
                .filter(left -> !left.isNegative())
                .ifPresent(left -> shown.put("wait", left.toSeconds() + 1));
        return Map.copyOf(shown);
    }

    /** Another number, or another factor: nothing was sent there. */
    public void forget() {
        signIn.removeAuthNote(sent);
        signIn.removeAuthNote(next);
    }
}
