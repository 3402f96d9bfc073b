package io.sallyport.login;

import io.sallyport.factor.SecondFactors;
import io.sallyport.factor.sms.SmsCredential;
import io.sallyport.form.Actions;
import io.sallyport.policy.Method;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.CredentialTypeMetadata;
import org.keycloak.credential.CredentialTypeMetadataContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Phone numbers as Keycloak's own credentials. It validates nothing: that is done where attempts are counted. */
public final class SmsCredentialProvider implements CredentialProvider<CredentialModel> {

    private final KeycloakSession session;

    SmsCredentialProvider(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public String getType() {
        return SmsCredential.TYPE;
    }

    @Override
    public CredentialModel createCredential(RealmModel realm, UserModel user, CredentialModel credential) {
        return user.credentialManager().createStoredCredential(credential);
    }

    @Override
    public boolean deleteCredential(RealmModel realm, UserModel user, String credentialId) {
        return user.credentialManager().removeStoredCredentialById(credentialId);
    }

    @Override
    public CredentialModel getCredentialFromModel(CredentialModel model) {
        return model;
    }

    @Override
    public CredentialTypeMetadata getCredentialTypeMetadata(CredentialTypeMetadataContext context) {
        CredentialTypeMetadata.CredentialTypeMetadataBuilder metadata = CredentialTypeMetadata.builder()
                .type(getType())
                .category(CredentialTypeMetadata.Category.TWO_FACTOR)
                .displayName("mfaMethodSmsOtp")
                .helpText("mfaMethodTextSmsOtp")
                .iconCssClass("kcAuthenticatorDefaultClass")
                .removeable(true);
        if (Realms.enforced(session)
                && new SecondFactors(session)
                        .available(session.getContext().getRealm())
                        .contains(Method.SMS_OTP)) {
            metadata.createAction(Actions.ENROLL_SMS);
        }
        return metadata.build(session);
    }
}
