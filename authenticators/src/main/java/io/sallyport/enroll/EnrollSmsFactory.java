package io.sallyport.enroll;

import io.sallyport.form.Actions;
import io.sallyport.policy.Method;
import io.sallyport.provider.StatelessFactory;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;

/** Makes the enrollment of a phone number, which the account console asks for; set-up registers it in the realm. */
public final class EnrollSmsFactory implements RequiredActionFactory, StatelessFactory<RequiredActionProvider> {

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return new EnrollFactor(Optional.of(Method.SMS_OTP));
    }

    @Override
    public String getId() {
        return Actions.ENROLL_SMS;
    }

    @Override
    public String getDisplayText() {
        return "Set up codes by SMS";
    }
}
