package io.sallyport.policy.store;

import io.sallyport.policy.rules.PolicyRule;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.provider.ProviderEvent;

/** Lets conditions follow what they name: a rule for a client must not end because the client is called something else. */
final class Renames {

    private Renames() {}

    static void onEvent(ProviderEvent event) {
        if (event instanceof ClientModel.ClientIdChangeEvent renamed) {
            String before = renamed.getPreviousClientId();
            String after = renamed.getNewClientId();
            apply(
                    renamed.getKeycloakSession(),
                    renamed.getUpdatedClient().getRealm(),
                    before,
                    rule -> rule.renaming("clients", name -> name.equals(before) ? after : name)
                            .renaming(
                                    "roles",
                                    name -> name.startsWith(before + "/")
                                            ? after + name.substring(before.length())
                                            : name),
                    "a client was renamed");
        } else if (event instanceof RoleModel.RoleNameChangeEvent renamed) {
            String prefix = Optional.ofNullable(renamed.getClientId())
                    .map(client -> client + "/")
                    .orElse("");
            String before = prefix + renamed.getPreviousName();
            String after = prefix + renamed.getNewName();
            apply(
                    renamed.getKeycloakSession(),
                    renamed.getRealm(),
                    before,
                    rule -> rule.renaming("roles", name -> name.equals(before) ? after : name),
                    "a role was renamed");
        }
    }

    private static void apply(
            KeycloakSession session, RealmModel realm, String name, UnaryOperator<PolicyRule> change, String reason) {
        if (new RuleStore(session, realm).mentions(name)) {
            PolicyEdit.begin(session, realm, Optional.empty(), reason).changeMentions(name, change);
        }
    }
}
