package io.sallyport.population;

import io.sallyport.factor.CredentialTypes;
import io.sallyport.policy.Method;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.UserModel;

/** What the people of a range of ids were given themselves, by their ids. */
final class Holdings {

    private static final String OF_THESE_TYPES =
            CredentialTypes.all().stream().sorted().collect(Collectors.joining("', '", " and x.type in ('", "')"));
    private static final String OF_THIS_NAME =
            " and x.name = '" + UserModel.IS_TEMP_ADMIN_ATTR_NAME + "' and lower(x.value) = 'true'";

    private final Map<String, Set<String>> groups;
    private final Map<String, Set<String>> roles;
    private final Map<String, Set<String>> credentials;
    private final Map<String, Set<String>> marks;

    Holdings(Tables tables, String after, String last) {
        groups = tables.ofPeople("UserGroupMembershipEntity", "groupId", "", after, last);
        roles = tables.ofPeople("UserRoleMappingEntity", "roleId", "", after, last);
        credentials = tables.ofPeople("CredentialEntity", "type", OF_THESE_TYPES, after, last);
        marks = tables.ofPeople("UserAttributeEntity", "value", OF_THIS_NAME, after, last);
    }

    /** Ids of his own groups, those behind his organizations among them. */
    Set<String> groups(String user) {
        return groups.getOrDefault(user, Set.of());
    }

    /** Ids of his own roles. */
    Set<String> roles(String user) {
        return roles.getOrDefault(user, Set.of());
    }

    /** Methods of which he has an enrollment. */
    Set<Method> methods(String user) {
        Set<Method> methods = EnumSet.noneOf(Method.class);
        credentials.getOrDefault(user, Set.of()).stream()
                .flatMap(type -> CredentialTypes.method(type).stream())
                .forEach(methods::add);
        return methods;
    }

    /** Whether Keycloak made him a temporary administrator. */
    boolean breakGlass(String user) {
        return marks.containsKey(user);
    }
}
