package io.sallyport.policy.store;

import io.sallyport.policy.rules.PolicyChange;
import io.sallyport.policy.rules.PolicyRule;
import io.sallyport.policy.rules.Scope;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;

/**
 * Who changes a policy, held against what he changes: nobody decides about himself.
 *
 * @param id id of the administrator
 * @param scopes ids of his groups, ancestors included, and of his organizations; empty if he is of another realm
 */
record Author(String id, Set<String> scopes) {

    static Author of(KeycloakSession session, RealmModel realm, String id) {
        Set<String> scopes = new HashSet<>();
        Optional.ofNullable(session.users().getUserById(realm, id)).ifPresent(user -> {
            user.getGroupsStream().forEach(group -> {
                for (GroupModel at = group; at != null; at = at.getParent()) {
                    scopes.add(at.getId());
                }
            });
            scopes.addAll(organizations(session, realm, user));
        });
        return new Author(id, scopes);
    }

    private static Set<String> organizations(KeycloakSession session, RealmModel realm, UserModel user) {
        return realm.isOrganizationsEnabled()
                ? session.getProvider(OrganizationProvider.class)
                        .getByMember(user)
                        .map(OrganizationModel::getId)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    /**
     * Refuses rules about himself, and exceptions for a group or an organization that he is in.
     *
     * @throws ActsOnOneself if there is one
     */
    void check(List<PolicyChange> changes) {
        boolean own = changes.stream()
                .flatMap(change -> Stream.concat(
                        change.before().filter(this::isAboutHim).stream(),
                        change.after().filter(rule -> isAboutHim(rule) || frees(rule)).stream()))
                .findAny()
                .isPresent();
        if (own) {
            throw new ActsOnOneself();
        }
    }

    private boolean isAboutHim(PolicyRule rule) {
        return rule.scope() instanceof Scope.User user && user.user().equals(id);
    }

    private boolean frees(PolicyRule rule) {
        return !rule.demand().required() && rule.scope().ids().stream().anyMatch(scopes::contains);
    }
}
