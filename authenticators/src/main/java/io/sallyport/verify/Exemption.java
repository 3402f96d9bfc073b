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

/** Puts on the record, once for each sign-in, that a rule let somebody pass without a second factor. */
public final class Exemption {

    private static final String NOTE = "sallyport.exempt";

    private Exemption() {}

    /** Records it if the assessment says so and nothing was proved. */
    public static void record(
            KeycloakSession session, RealmModel realm, AuthenticationSessionModel signIn, Assessment assessment) {
        if (!(assessment.decision() instanceof PolicyDecision.Skip skip)
                || !skip.byRule()
                || assessment.evidence().isPresent()
                || signIn.getAuthNote(NOTE) != null) {
            return;
        }
        signIn.setAuthNote(NOTE, "true");
        MfaEvent event = MfaEvent.of(MfaEventType.SKIPPED, Outcome.SUCCESS)
                .user(signIn.getAuthenticatedUser().getId())
                .client(Optional.of(signIn.getClient().getClientId()))
                .session(signIn.getParentSession().getId())
                .with(Detail.REASON, "exempt_by_rule");
        Trail.record(
                session,
                realm,
                Ruling.of(assessment.decision()).map(ruling -> ruling.on(event)).orElse(event));
    }
}
