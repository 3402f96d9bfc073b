package io.sallyport.form;

import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.keycloak.forms.login.LoginFormsProvider;

/** The page of a sign-in that can't go on. It says what the user can do about it, and nothing else. */
public final class RefusalPage {

    private static final Logger LOG = Logger.getLogger(RefusalPage.class);

    private RefusalPage() {}

    /** The policy leaves no way in. */
    public static Response denied(LoginFormsProvider form) {
        return form.setError("mfaDenied").createErrorPage(Response.Status.FORBIDDEN);
    }

    /** The password alone does not lead to a first factor here, and there is nothing else. */
    public static Response firstProof(LoginFormsProvider form) {
        return form.setError("mfaEnrollNoProof").createErrorPage(Response.Status.FORBIDDEN);
    }

    /** An identity provider vouched for somebody who has nothing here, and its word is not enough. */
    public static Response unsupported(LoginFormsProvider form) {
        return form.setError("mfaSsoUnsupported").createErrorPage(Response.Status.FORBIDDEN);
    }

    /** An account at an identity provider is not linked to somebody who has not proved a factor. */
    public static Response unlinked(LoginFormsProvider form) {
        return form.setError("mfaSsoUnlinked").createErrorPage(Response.Status.FORBIDDEN);
    }

    /** Without this factor nothing would be left to sign in with. */
    public static Response lastFactor(LoginFormsProvider form) {
        return form.setError("mfaLastFactor").createErrorPage(Response.Status.CONFLICT);
    }

    /** A mailed link to new recovery codes was used, replaced or too old, or is somebody else's. */
    public static Response linkOver(LoginFormsProvider form) {
        return form.setError("mfaCodesLinkOver").createErrorPage(Response.Status.BAD_REQUEST);
    }

    /** We can't do our part: no key, no database, no audit trail. The reason is for the log. */
    public static Response unavailable(LoginFormsProvider form, RuntimeException reason) {
        LOG.errorf(reason, "MFA is unavailable, the sign-in was refused: %s", reason.getMessage());
        return form.setError("mfaUnavailable").createErrorPage(Response.Status.SERVICE_UNAVAILABLE);
    }
}
