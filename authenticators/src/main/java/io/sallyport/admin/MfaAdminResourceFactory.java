package io.sallyport.admin;

import io.sallyport.provider.StatelessFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProvider;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProviderFactory;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Serves {@code /admin/realms/{realm}/mfa}, and sets up realms whose import asks for it. */
public final class MfaAdminResourceFactory
        implements AdminRealmResourceProviderFactory, StatelessFactory<AdminRealmResourceProvider> {

    @Override
    public AdminRealmResourceProvider create(KeycloakSession session) {
        return new AdminRealmResourceProvider() {
            @Override
            public Object getResource(
                    KeycloakSession request,
                    RealmModel realm,
                    AdminPermissionEvaluator auth,
                    AdminEventBuilder events) {
                return new MfaAdminResource(request, realm, auth);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(new RealmWatch()::onEvent);
    }

    @Override
    public String getId() {
        return "mfa";
    }
}
