package io.sallyport.enroll;

import io.sallyport.verify.Place;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What the steps of every method share: whose enrollment it is, at which step, and the form to show.
 *
 * @param context Keycloak's
 * @param notes at which step it is
 */
record EnrollmentDesk(RequiredActionContext context, EnrollmentNotes notes) {

    KeycloakSession session() {
        return context.getSession();
    }

    RealmModel realm() {
        return context.getRealm();
    }

    UserModel user() {
        return context.getUser();
    }

    AuthenticationSessionModel signIn() {
        return context.getAuthenticationSession();
    }

    /** The form, with the problem beside its field. */
    LoginFormsProvider form(Optional<String> problem) {
        problem.ifPresent(message -> context.form().addError(new FormMessage(field(message), message)));
        return context.form();
    }

    private static String field(String message) {
        if (message.startsWith("mfaLabel")) {
            return "label";
        }
        return message.startsWith("mfaSms") ? "number" : "code";
    }

    /** Begins an enrollment here. */
    EnrollmentStart start() {
        return EnrollmentStart.byPage(session(), realm(), user(), Place.of(signIn()));
    }

    /** Only somebody who asked for the enrollment himself may leave it. */
    boolean cancellable() {
        return new EnrollmentPages(context).cancellable();
    }
}
