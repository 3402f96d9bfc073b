package io.sallyport.policy.store;

import io.sallyport.policy.MfaPolicyProvider;
import io.sallyport.policy.MfaPolicyProviderFactory;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.StatelessFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderEvent;

/** Makes the policy provider of our rules, and lets rules and settings go with the realm or user they are about. */
public final class ScopedMfaPolicyProviderFactory
        implements MfaPolicyProviderFactory, StatelessFactory<MfaPolicyProvider> {

    @Override
    public MfaPolicyProvider create(KeycloakSession session) {
        return new ScopedMfaPolicyProvider(session);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(ScopedMfaPolicyProviderFactory::forget);
    }

    private static void forget(ProviderEvent event) {
        if (event instanceof RealmModel.RealmRemovedEvent removed) {
            String realmId = removed.getRealm().getId();
            new RuleStore(removed.getKeycloakSession()).forgetRealm(realmId);
            RealmSettings.forget(removed.getKeycloakSession(), realmId);
        } else if (event instanceof UserModel.UserRemovedEvent removed) {
            new RuleStore(removed.getKeycloakSession())
                    .forgetUser(removed.getRealm().getId(), removed.getUser().getId());
        }
    }

    @Override
    public String getId() {
        return "sallyport-rules";
    }
}
