package io.sallyport.policy.store;

import io.sallyport.policy.MfaPolicyProvider;
import io.sallyport.policy.MfaPolicyProviderFactory;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.StatelessFactory;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;

/** Makes the policy provider of our rules, reads them when the server starts and follows what happens to their subjects. */
public final class ScopedMfaPolicyProviderFactory
        implements MfaPolicyProviderFactory, StatelessFactory<MfaPolicyProvider> {

    private static final Logger LOG = Logger.getLogger(ScopedMfaPolicyProviderFactory.class);

    private final RuleCache cache = new RuleCache();

    @Override
    public MfaPolicyProvider create(KeycloakSession session) {
        return new ScopedMfaPolicyProvider(session, cache);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(new Subjects(cache)::onEvent);
        factory.register(Renames::onEvent);
        factory.register(event -> {
            if (event instanceof PostMigrationEvent ready) {
                KeycloakModelUtils.runJobInTransaction(ready.getFactory(), this::warm);
            }
        });
    }

    /** So that the first sign-in does not wait for thousands of rules. */
    private void warm(KeycloakSession session) {
        RealmSettings.enabledRealms(session)
                .forEach(id ->
                        Optional.ofNullable(session.realms().getRealm(id)).ifPresent(realm -> warm(session, realm)));
    }

    private void warm(KeycloakSession session, RealmModel realm) {
        try {
            cache.current(session, realm);
        } catch (RuntimeException unreadable) {
            LOG.errorf(unreadable, "MFA policy of realm %s can't be read: MFA is required", realm.getName());
        }
    }

    @Override
    public String getId() {
        return "sallyport-rules";
    }
}
