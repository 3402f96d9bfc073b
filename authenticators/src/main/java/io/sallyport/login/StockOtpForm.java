package io.sallyport.login;

import io.sallyport.factor.SecondFactors;
import io.sallyport.form.Actions;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The door in the place of Keycloak's OTP form: conditional flows ask it whether the user has a factor. */
final class StockOtpForm extends SecondFactorForm {

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return !new SecondFactors(session).enrolled(realm, user).isEmpty();
    }

    /** A flow that demands the step of somebody without a factor: he enrolls in this sign-in. */
    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        session.getContext().getAuthenticationSession().addRequiredAction(Actions.ENROLL);
    }
}
