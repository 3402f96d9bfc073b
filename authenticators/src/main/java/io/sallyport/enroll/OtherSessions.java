package io.sallyport.enroll;

import io.sallyport.form.PostedForm;
import io.sallyport.verify.Elsewhere;
import io.sallyport.verify.Place;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.RequiredActionContext;

/** The box by which a user ends his other sessions together with a change of his factors, as on Keycloak's own pages. */
final class OtherSessions {

    private static final String BOX = "logout-sessions";

    private OtherSessions() {}

    /** Ends them, online, offline and half begun, if he ticked it: their refresh tokens are worth nothing afterwards. */
    static void endIfWanted(RequiredActionContext context, PostedForm posted) {
        if (posted.text(BOX).filter("on"::equals).isPresent()) {
            AuthenticatorUtil.logoutOtherSessions(context);
            Elsewhere.end(
                    context.getSession(),
                    context.getRealm(),
                    context.getUser(),
                    Place.of(context.getAuthenticationSession()));
        }
    }
}
