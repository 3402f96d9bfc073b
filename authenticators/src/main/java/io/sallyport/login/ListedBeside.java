package io.sallyport.login;

import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.CredentialInputValidator;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.CredentialTypeMetadata;
import org.keycloak.credential.CredentialTypeMetadata.CredentialTypeMetadataBuilder;
import org.keycloak.credential.CredentialTypeMetadataContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * What the account console lists beside credentials: that there is something, and the way to it. There is no credential
 * behind it, so nothing can be read, stored, removed, imported or validated here.
 */
abstract sealed class ListedBeside implements CredentialProvider<CredentialModel>, CredentialInputValidator
        permits RecoveryCredentialProvider, TrustedBrowsersCredentialProvider {

    final KeycloakSession session;
    private final String type;
    private final String refusal;

    /** @param refusal why nobody can store one */
    ListedBeside(KeycloakSession session, String type, String refusal) {
        this.session = session;
        this.type = type;
        this.refusal = refusal;
    }

    /** Whether the user has any. */
    abstract boolean has(RealmModel realm, UserModel user);

    /** Its texts and the way to it. Without a way to make a first one Keycloak leaves it out for whoever has none. */
    abstract void describe(CredentialTypeMetadataBuilder listed, UserModel user, boolean has);

    @Override
    public final String getType() {
        return type;
    }

    @Override
    public final boolean supportsCredentialType(String asked) {
        return type.equals(asked);
    }

    @Override
    public final boolean isConfiguredFor(RealmModel realm, UserModel user, String asked) {
        return type.equals(asked) && Realms.enforced(session) && has(realm, user);
    }

    @Override
    public final boolean isValid(RealmModel realm, UserModel user, CredentialInput input) {
        return false;
    }

    @Override
    public final CredentialModel createCredential(RealmModel realm, UserModel user, CredentialModel credential) {
        throw new ModelException(refusal);
    }

    @Override
    public final boolean deleteCredential(RealmModel realm, UserModel user, String credentialId) {
        return false;
    }

    @Override
    public final CredentialModel getCredentialFromModel(CredentialModel model) {
        return model;
    }

    @Override
    public final CredentialTypeMetadata getCredentialTypeMetadata(CredentialTypeMetadataContext context) {
        CredentialTypeMetadataBuilder listed = CredentialTypeMetadata.builder()
                .type(type)
                .category(CredentialTypeMetadata.Category.TWO_FACTOR)
                .removeable(false);
        UserModel user = context.getUser();
        describe(listed, user, isConfiguredFor(session.getContext().getRealm(), user, type));
        return listed.build(session);
    }
}
