package io.sallyport.verify;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.policy.Level;
import io.sallyport.policy.PolicyDecision;
import io.sallyport.policy.Reason;
import java.util.Optional;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Which rule asked, for the record. The page that asks leaves it in the sign-in, so that the answer is recorded with it
 * without asking the policy before the attempt is counted.
 *
 * @param level the level that decided
 * @param rule id of the rule
 * @param version its version
 */
record Ruling(String level, String rule, String version) {

    private static final String NOTE = "sallyport.ruling.";

    /** The rule that decided; absent if none did. */
    static Optional<Ruling> of(PolicyDecision decision) {
        return decision.reasons().stream().findFirst().flatMap(Ruling::of);
    }

    /** The rule that a page of this sign-in asked by; absent if none did. */
    static Optional<Ruling> of(AuthenticationSessionModel signIn) {
        return Optional.ofNullable(signIn.getAuthNote(NOTE + Detail.RULE))
                .map(rule -> new Ruling(
                        String.valueOf(signIn.getAuthNote(NOTE + Detail.POLICY_LEVEL)),
                        rule,
                        String.valueOf(signIn.getAuthNote(NOTE + Detail.POLICY_VERSION))));
    }

    void leaveIn(AuthenticationSessionModel signIn) {
        signIn.setAuthNote(NOTE + Detail.RULE, rule);
        signIn.setAuthNote(NOTE + Detail.POLICY_LEVEL, level);
        signIn.setAuthNote(NOTE + Detail.POLICY_VERSION, version);
    }

    MfaEvent on(MfaEvent event) {
        return event.with(Detail.RULE, rule).with(Detail.POLICY_LEVEL, level).with(Detail.POLICY_VERSION, version);
    }

    private static Optional<Ruling> of(Reason reason) {
        return reason.rule()
                .map(rule ->
                        new Ruling(reason.level().map(Level::name).orElse(""), rule, String.valueOf(reason.version())));
    }
}
