package io.sallyport.policy.store;

import io.sallyport.provider.RealmSettings;
import java.util.Optional;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderEvent;

/** Lets rules go with whom they are about. */
final class Subjects {

    private final RuleCache cache;

    Subjects(RuleCache cache) {
        this.cache = cache;
    }

    void onEvent(ProviderEvent event) {
        if (event instanceof RealmModel.RealmRemovedEvent removed) {
            forget(removed.getKeycloakSession(), removed.getRealm());
        } else if (event instanceof UserModel.UserRemovedEvent removed) {
            String id = removed.getUser().getId();
            delete(
                    removed.getKeycloakSession(),
                    removed.getRealm(),
                    new RuleFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(id), false),
                    "the user was removed");
        } else if (event instanceof GroupModel.GroupRemovedEvent removed) {
            String id = removed.getGroup().getId();
            delete(
                    removed.getKeycloakSession(),
                    removed.getRealm(),
                    new RuleFilter(Optional.empty(), Optional.empty(), Optional.of(id), Optional.empty(), false),
                    "the group was removed");
        } else if (event instanceof OrganizationModel.OrganizationRemovedEvent removed) {
            String id = removed.getOrganization().getId();
            delete(
                    removed.getKeycloakSession(),
                    removed.getKeycloakSession().getContext().getRealm(),
                    new RuleFilter(Optional.empty(), Optional.of(id), Optional.empty(), Optional.empty(), false),
                    "the organization was removed");
        }
    }

    private static void delete(KeycloakSession session, RealmModel realm, RuleFilter filter, String reason) {
        if (new RuleStore(session, realm).any(filter)) {
            PolicyEdit.begin(session, realm, Optional.empty(), reason).deleteAll(filter);
        }
    }

    private void forget(KeycloakSession session, RealmModel realm) {
        new RuleStore(session, realm).forgetRealm();
        new ActionStore(session, realm).forgetRealm();
        RealmSettings.forget(session, realm.getId());
        cache.forget(realm.getId());
    }
}
