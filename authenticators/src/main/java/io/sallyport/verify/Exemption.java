package io.sallyport.verify;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import io.sallyport.policy.PolicyDecision;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Puts on the record, once for each sign-in, that a rule or a provider let somebody pass without a second factor. */
public final class Exemption {

    private static final String NOTE = "sallyport.exempt";

    private Exemption() {}

    /** Records it if the assessment says so and nothing was proved. */
    public static void record(
            KeycloakSession session, RealmModel realm, AuthenticationSessionModel signIn, Assessment assessment) {
        Optional<MfaEvent> event = event(signIn, assessment);
        if (assessment.evidence().isPresent() || signIn.getAuthNote(NOTE) != null || event.isEmpty()) {
            return;
        }
        signIn.setAuthNote(NOTE, "true");
        record(session, realm, event.get());
    }

    private static Optional<MfaEvent> event(AuthenticationSessionModel signIn, Assessment assessment) {
        if (assessment.vouched(Vouching.Kind.EXEMPT)) {
            return assessment
                    .vouching()
                    .map(by -> event(signIn, "exempt_by_provider").with(Detail.PROVIDER, by.provider()));
        }
        return Optional.of(assessment.decision())
                .filter(decision -> decision instanceof PolicyDecision.Skip skip && skip.byRule())
                .map(skip -> event(signIn, "exempt_by_rule"));
    }

    /** Records that somebody put off enrolling, and what he has left after it. */
    static void record(KeycloakSession session, RealmModel realm, AuthenticationSessionModel signIn, GraceLeft left) {
        MfaEvent event = event(signIn, "grace");
        if (left.until().isPresent()) {
            event = event.with(
                    Detail.GRACE_UNTIL, String.valueOf(left.until().get().getEpochSecond()));
        }
        if (left.skips().isPresent()) {
            event = event.with(Detail.SKIPS_LEFT, String.valueOf(left.skips().get()));
        }
        record(session, realm, event);
    }

    private static void record(KeycloakSession session, RealmModel realm, MfaEvent event) {
        Trail.record(
                session, realm, Ruling.of(session, event.userId().orElseThrow()).on(event));
    }

    private static MfaEvent event(AuthenticationSessionModel signIn, String reason) {
        return MfaEvent.of(MfaEventType.SKIPPED, Outcome.SUCCESS)
                .user(signIn.getAuthenticatedUser().getId())
                .client(Optional.of(signIn.getClient().getClientId()))
                .session(signIn.getParentSession().getId())
                .with(Detail.REASON, reason);
    }
}
