package io.sallyport.verify;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.policy.Level;
import io.sallyport.policy.Policy;
import io.sallyport.policy.PolicyDecision;
import io.sallyport.policy.Reason;
import io.sallyport.policy.SignInFacts;
import io.sallyport.provider.ClientAddress;
import io.sallyport.provider.KeycloakClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Which rule decided, and for which tenants, for the record. The page that asks leaves it in the sign-in, so that the
 * answer is recorded with it without asking the policy before the attempt is counted; for the rest of a request it is
 * left in the session.
 *
 * @param details by the names of the event's details
 */
record Ruling(Map<String, String> details) {

    private static final Logger LOG = Logger.getLogger(Ruling.class);

    private static final String NOTE = "sallyport.ruling.";
    private static final List<String> NAMES =
            List.of(Detail.RULE, Detail.POLICY_LEVEL, Detail.POLICY_VERSION, Detail.TENANT);

    Ruling {
        details = Map.copyOf(details);
    }

    /** What there is to say about this decision. */
    static Ruling of(PolicyDecision decision, SignInFacts facts) {
        Map<String, String> details = new HashMap<>();
        decision.reasons().stream().findFirst().ifPresent(reason -> put(details, reason));
        if (!facts.tenants().isEmpty()) {
            details.put(
                    Detail.TENANT,
                    String.join(" ", facts.tenants().stream().sorted().toList()));
        }
        return new Ruling(details);
    }

    /** By what a page of this sign-in asked. */
    static Ruling of(AuthenticationSessionModel signIn) {
        Map<String, String> details = new HashMap<>();
        NAMES.forEach(name ->
                Optional.ofNullable(signIn.getAuthNote(NOTE + name)).ifPresent(text -> details.put(name, text)));
        return new Ruling(details);
    }

    /** By what this request was decided last; without anything if it was not. */
    static Ruling of(KeycloakSession session) {
        return Optional.ofNullable(session.getAttribute(NOTE, Ruling.class)).orElseGet(() -> new Ruling(Map.of()));
    }

    void leaveIn(KeycloakSession session) {
        session.setAttribute(NOTE, this);
    }

    /** What an earlier page left goes, lest its rule be named for a decision that no rule made. */
    void leaveIn(AuthenticationSessionModel signIn) {
        NAMES.forEach(name -> Optional.ofNullable(details.get(name))
                .ifPresentOrElse(
                        text -> signIn.setAuthNote(NOTE + name, text), () -> signIn.removeAuthNote(NOTE + name)));
    }

    /** Ids of the organizations that counted. */
    List<String> tenants() {
        return Optional.ofNullable(details.get(Detail.TENANT))
                .map(ids -> List.of(ids.split(" ", -1)))
                .orElse(List.of());
    }

    MfaEvent on(MfaEvent event) {
        MfaEvent ruled = event;
        for (Map.Entry<String, String> detail : details.entrySet()) {
            ruled = ruled.with(detail.getKey(), detail.getValue());
        }
        return ruled;
    }

    /**
     * The event by what was decided; if the policy was not asked yet, it is asked now about whom and where it happened. In
     * whatever session it is recorded: nothing of another one is touched. Without a rule if it can't be told: what happened
     * is recorded all the same.
     */
    static MfaEvent on(KeycloakSession in, RealmModel realm, MfaEvent event) {
        boolean known =
                event.details().containsKey(Detail.RULE) || event.details().containsKey(Detail.TENANT);
        try {
            return event.userId()
                    .filter(id -> !known)
                    .flatMap(id -> Optional.ofNullable(in.users().getUserById(realm, id)))
                    .map(user ->
                            asked(in, realm, user, event.clientId().orElse("")).on(event))
                    .orElse(event);
        } catch (RuntimeException untold) {
            LOG.warnf(untold, "Which rule of realm %s %s goes by can't be told", realm.getId(), event.type());
            return event;
        }
    }

    private static Ruling asked(KeycloakSession in, RealmModel realm, UserModel user, String clientId) {
        SignInFacts facts = Facts.of(
                in,
                realm,
                user,
                new Circumstances(
                        clientId,
                        ClientAddress.of(in, realm),
                        Optional.empty(),
                        Optional.empty(),
                        KeycloakClock.now()));
        return of(Policy.decide(in, realm, facts), facts);
    }

    private static void put(Map<String, String> details, Reason reason) {
        reason.rule().ifPresent(rule -> {
            details.put(Detail.RULE, rule);
            details.put(Detail.POLICY_LEVEL, reason.level().map(Level::name).orElse(""));
            details.put(Detail.POLICY_VERSION, String.valueOf(reason.version()));
        });
    }
}
