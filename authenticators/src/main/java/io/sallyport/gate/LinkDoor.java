package io.sallyport.gate;

import io.sallyport.form.RefusalPage;
import io.sallyport.verify.Denied;
import io.sallyport.verify.LinkGuard;
import io.sallyport.verify.TokenRefused;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Where links to identity providers are stored: answers for the guard, with a rollback, to whichever flow led here. */
final class LinkDoor {

    private static final String REASON = "link_without_mfa";

    private final KeycloakSession session;

    LinkDoor(KeycloakSession session) {
        this.session = session;
    }

    /** Throws unless the user may be linked; what the request did until here, such as removing another link, is undone. */
    void mayLink(RealmModel realm, UserModel user) {
        if (!new LinkGuard(session, realm).refuses(user)) {
            return;
        }
        session.getTransactionManager().setRollbackOnly();
        throw Optional.ofNullable(session.getContext().getAuthenticationSession())
                .map(signIn -> refused(signIn, user))
                .orElseGet(() -> refused(realm, user));
    }

    /** By the administration, or for a token of elsewhere: whoever has a password alone tries that, too. */
    private WebApplicationException refused(RealmModel realm, UserModel user) {
        return Denied.within(session, realm, user, REASON)
                .record(session)
                .answer(
                        session,
                        () -> new ErrorResponseException(
                                "mfa_required",
                                "A fresh proof of a second factor is required",
                                Response.Status.FORBIDDEN));
    }

    /** The page is made first: after the record there is nothing to read it from. */
    private WebApplicationException refused(AuthenticationSessionModel signIn, UserModel user) {
        WebApplicationException refused = new WebApplicationException(page(signIn));
        TokenRefused.at(session, signIn, user).recordInstead(session, REASON);
        return refused;
    }

    private Response page(AuthenticationSessionModel signIn) {
        return RefusalPage.unlinked(
                session.getProvider(LoginFormsProvider.class).setAuthenticationSession(signIn));
    }
}
