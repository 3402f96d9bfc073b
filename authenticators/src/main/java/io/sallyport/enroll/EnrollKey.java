package io.sallyport.enroll;

import io.sallyport.policy.Method;
import io.sallyport.provider.RealmSettings;
import java.util.Optional;
import org.keycloak.authentication.CredentialRegistrator;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.requiredactions.WebAuthnRegisterFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.credential.WebAuthnCredentialModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Takes the place of Keycloak's {@code webauthn-register} in realms with MFA: same id, higher order (Keycloak 26.7). The
 * stock action expects the origin that the request names, and adds a key without proof of the factor before.
 */
public final class EnrollKey extends WebAuthnRegisterFactory {

    static final int ABOVE_STOCK = 100;

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return new Action(super.create(session), WebAuthnCredentialModel.TYPE_TWOFACTOR);
    }

    @Override
    public int order() {
        return ABOVE_STOCK;
    }

    /** Ours where the realm enforces MFA, else the stock one. */
    static final class Action implements RequiredActionProvider, CredentialRegistrator {

        private final RequiredActionProvider stock;
        private final String keyType;

        Action(RequiredActionProvider stock, String keyType) {
            this.stock = stock;
            this.keyType = keyType;
        }

        @Override
        public String getCredentialType(KeycloakSession session, AuthenticationSessionModel signIn) {
            return keyType;
        }

        @Override
        public InitiatedActionSupport initiatedActionSupport() {
            return stock.initiatedActionSupport();
        }

        @Override
        public void evaluateTriggers(RequiredActionContext context) {
            stock.evaluateTriggers(context);
        }

        @Override
        public void requiredActionChallenge(RequiredActionContext context) {
            if (enforced(context)) {
                flow(context).show();
            } else {
                stock.requiredActionChallenge(context);
            }
        }

        @Override
        public void processAction(RequiredActionContext context) {
            if (enforced(context)) {
                flow(context).answer();
            } else {
                stock.processAction(context);
            }
        }

        private EnrollmentFlow flow(RequiredActionContext context) {
            new EnrollmentNotes(context.getAuthenticationSession()).keyType(keyType);
            return new EnrollmentFlow(context, Optional.of(Method.WEBAUTHN));
        }

        private static boolean enforced(RequiredActionContext context) {
            return RealmSettings.enabled(context.getSession(), context.getRealm());
        }

        @Override
        public void close() {
            stock.close();
        }
    }
}
