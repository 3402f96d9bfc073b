package io.sallyport.verify;

import io.sallyport.factor.Approval;
import io.sallyport.factor.Approvals;
import io.sallyport.factor.Challenges;
import java.util.Optional;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.utils.OAuth2Code;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The approval that goes into one token: the one of this answer, or the one of the code that this sign-in ends with. */
public final class CarriedApproval {

    private static final String NOTE = "sallyport.approval";

    private CarriedApproval() {}

    /** The token that this request answers carries it. */
    public static void leaveIn(KeycloakSession session, String approvalId) {
        session.setAttribute(NOTE, approvalId);
    }

    /** The token of the code that this sign-in ends with carries it, and that of no other tab. */
    public static void leaveIn(AuthenticationSessionModel signIn, String approvalId) {
        signIn.setClientNote(note(CodeMark.of(signIn)), approvalId);
    }

    /**
     * What the token of this request carries; the same each time it is asked in one request, and nothing in the next.
     *
     * @param code the code that is exchanged for the token; absent for every other grant
     */
    public static Optional<Approval> of(
            KeycloakSession session,
            RealmModel realm,
            UserSessionModel userSession,
            AuthenticatedClientSessionModel clientSession,
            Optional<OAuth2Code> code) {
        Approval known = session.getAttribute(NOTE + ".carried", Approval.class);
        if (known != null) {
            return Optional.of(known);
        }
        Approvals approvals = new Approvals(session);
        Optional<Approval> carried = id(session, clientSession, code)
                .flatMap(id -> approvals.find(
                        id,
                        new Challenges.Owner(
                                realm.getId(), userSession.getUser().getId(), userSession.getId())))
                .filter(approval ->
                        approval.clientId().equals(clientSession.getClient().getClientId()))
                .filter(approval -> approvals.carry(approval.id()));
        carried.ifPresent(approval -> session.setAttribute(NOTE + ".carried", approval));
        return carried;
    }

    private static Optional<String> id(
            KeycloakSession session, AuthenticatedClientSessionModel clientSession, Optional<OAuth2Code> code) {
        return Optional.ofNullable(session.getAttribute(NOTE, String.class))
                .or(() -> code.map(known -> note(CodeMark.of(known)))
                        .flatMap(note -> Optional.ofNullable(clientSession.getNote(note))
                                .map(id -> {
                                    clientSession.removeNote(note);
                                    return id;
                                })));
    }

    private static String note(CodeMark mark) {
        return NOTE + "." + mark.value();
    }
}
