package io.sallyport.verify;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.policy.Level;
import io.sallyport.policy.PolicyDecision;
import io.sallyport.policy.Reason;
import io.sallyport.policy.SignInFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Which rule decided, and for which tenants, for the record. The page that asks leaves it in the sign-in, so that the
 * answer is recorded with it without asking the policy before the attempt is counted; for the rest of a request it is
 * left in the session.
 *
 * @param details by the names of the event's details; a rule without a name means that none decided, which is no reason to
 *     ask again under other circumstances
 */
record Ruling(Map<String, String> details) {

    /** Nothing was decided. */
    static final Ruling NONE = new Ruling(Map.of());

    private static final String NOTE = "sallyport.ruling.";
    private static final List<String> NAMES =
            List.of(Detail.RULE, Detail.POLICY_LEVEL, Detail.POLICY_VERSION, Detail.TENANT);

    Ruling {
        details = Map.copyOf(details);
    }

    /** Whom a request was decided about last. */
    private record Made(String userId, Ruling ruling) {}

    /** What there is to say about this decision. */
    static Ruling of(PolicyDecision decision, SignInFacts facts) {
        Map<String, String> details = new HashMap<>();
        details.put(Detail.RULE, "");
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

    /** By what this request decided last about this user. */
    static Ruling of(KeycloakSession session, String userId) {
        return Optional.ofNullable(session.getAttribute(NOTE, Made.class))
                .filter(made -> made.userId().equals(userId))
                .map(Made::ruling)
                .orElse(NONE);
    }

    void leaveIn(KeycloakSession session, String userId) {
        session.setAttribute(NOTE, new Made(userId, this));
    }

    /** What one transaction of a request decided, the others know. */
    static void carry(KeycloakSession from, KeycloakSession to) {
        Optional.ofNullable(from.getAttribute(NOTE, Made.class))
                .ifPresent(made -> made.ruling().leaveIn(to, made.userId()));
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

    /** The event by what was decided. */
    MfaEvent on(MfaEvent event) {
        return told(begun(event));
    }

    /** The same before all is known of it: {@link #on(KeycloakSession, RealmModel, MfaEvent)} makes it whole. */
    MfaEvent begun(MfaEvent event) {
        MfaEvent ruled = event;
        for (Map.Entry<String, String> detail : details.entrySet()) {
            ruled = ruled.with(detail.getKey(), detail.getValue());
        }
        return ruled;
    }

    /**
     * The event by what was decided where it began, or else in this request; if the policy was not asked at all, it is asked
     * now about whom and where it happened. In whatever session it is recorded: nothing of another one is touched.
     */
    static MfaEvent on(KeycloakSession in, RealmModel realm, MfaEvent event) {
        if (isOf(event)) {
            return told(event);
        }
        Ruling made = event.userId().map(id -> of(in, id)).orElse(NONE);
        return made.equals(NONE) ? new Undecided(in, realm).on(event) : made.on(event);
    }

    private static boolean isOf(MfaEvent event) {
        return event.details().containsKey(Detail.RULE) || event.details().containsKey(Detail.TENANT);
    }

    /** No rule is none on the record. */
    private static MfaEvent told(MfaEvent event) {
        Map<String, String> told = new HashMap<>(event.details());
        told.remove(Detail.RULE, "");
        return new MfaEvent(event.type(), event.outcome(), event.userId(), event.clientId(), event.sessionId(), told);
    }

    private static void put(Map<String, String> details, Reason reason) {
        reason.rule().ifPresent(rule -> {
            details.put(Detail.RULE, rule);
            details.put(Detail.POLICY_LEVEL, reason.level().map(Level::name).orElse(""));
            details.put(Detail.POLICY_VERSION, String.valueOf(reason.version()));
        });
    }
}
