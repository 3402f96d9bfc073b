package io.sallyport.verify;

import io.sallyport.factor.SecondFactors;
import io.sallyport.policy.SignInFacts;
import io.sallyport.provider.ClientAddress;
import io.sallyport.provider.KeycloakClock;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.RoleUtils;
import org.keycloak.organization.OrganizationProvider;

/** Collects the facts of a sign-in from Keycloak. */
public final class Facts {

    private Facts() {}

    static SignInFacts of(KeycloakSession session, RealmModel realm, Visit visit) {
        return of(
                session,
                realm,
                visit.user(),
                new Circumstances(
                        visit.client().getClientId(),
                        ClientAddress.of(session, realm),
                        visit.upstream().map(Upstream::provider),
                        visit.refreshOfSessionSince(),
                        KeycloakClock.now()));
    }

    /** The facts of a sign-in of this user under these circumstances, real or supposed. */
    public static SignInFacts of(
            KeycloakSession session, RealmModel realm, UserModel user, Circumstances circumstances) {
        SecondFactors factors = new SecondFactors(session);
        return new SignInFacts(
                user.getId(),
                tenants(session, realm, user),
                groups(user),
                roles(user),
                circumstances.clientId(),
                circumstances.address(),
                circumstances.identityProvider(),
                factors.enrolled(realm, user),
                factors.available(realm),
                circumstances.refreshOfSessionSince(),
                circumstances.now());
    }

    /** All organizations of the user: the client does not choose one, so all of them count. */
    static Set<String> tenants(KeycloakSession session, RealmModel realm, UserModel user) {
        if (!realm.isOrganizationsEnabled()) {
            return Set.of();
        }
        return session.getProvider(OrganizationProvider.class)
                .getByMember(user)
                .filter(OrganizationModel::isEnabled)
                .map(OrganizationModel::getId)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> groups(UserModel user) {
        Set<String> ids = new LinkedHashSet<>();
        user.getGroupsStream().forEach(group -> {
            for (GroupModel at = group; at != null; at = at.getParent()) {
                ids.add(at.getId());
            }
        });
        return ids;
    }

    private static Set<String> roles(UserModel user) {
        return RoleUtils.getDeepUserRoleMappings(user).stream()
                .map(Facts::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String name(RoleModel role) {
        return role.getContainer() instanceof ClientModel client
                ? client.getClientId() + "/" + role.getName()
                : role.getName();
    }
}
