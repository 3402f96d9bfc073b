package io.sallyport.population;

import io.sallyport.factor.SecondFactors;
import io.sallyport.policy.Method;
import io.sallyport.policy.SignInFacts;
import io.sallyport.verify.Circumstances;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** The groups, roles and organizations of a realm, each read when it is first asked for, and what they make of somebody. */
public final class Structure {

    private final Supplier<Groups> groups;
    private final Supplier<Roles> roles;
    private final Supplier<Tenants> tenants;
    private final Set<Method> available;
    private final Circumstances circumstances;
    private final boolean escaping;

    /**
     * The structure of a realm in the session's transaction.
     *
     * @param circumstances of the sign-in that everybody is imagined to make
     */
    public Structure(KeycloakSession session, RealmModel realm, Circumstances circumstances) {
        Tables tables = new Tables(session, realm);
        this.groups = new Once<>(() -> new Groups(tables));
        this.roles = new Once<>(() -> new Roles(tables, realm));
        this.tenants = new Once<>(() -> new Tenants(tables, realm));
        this.available = new SecondFactors(session).available(realm);
        this.circumstances = circumstances;
        this.escaping = KeycloakModelUtils.escapeSlashesInGroupPath(session);
    }

    /**
     * What a sign-in of this user has.
     *
     * @param own ids of his own groups, those behind his organizations among them
     * @param given ids of his own roles
     * @param held methods of which he has an enrollment
     */
    public SignInFacts facts(String user, Set<String> own, Set<String> given, Set<Method> held) {
        Set<Method> enrolled = EnumSet.noneOf(Method.class);
        enrolled.addAll(held);
        enrolled.retainAll(available);
        return new SignInFacts(
                user,
                own.isEmpty() ? Set.of() : tenants.get().of(own),
                upwards(own),
                roleNames(own, given),
                circumstances.clientId(),
                circumstances.address(),
                circumstances.identityProvider(),
                enrolled,
                available,
                circumstances.refreshOfSessionSince(),
                circumstances.now());
    }

    /** The methods that are in force in the realm. */
    public Set<Method> available() {
        return Set.copyOf(available);
    }

    /** Whether somebody with these groups and roles has a role of the realm's administration. */
    boolean isAdministrator(Set<String> own, Set<String> given) {
        return roles.get().anyAdministrative(effective(own, given));
    }

    /** Ids of the groups that bring one of these things, and of those behind organizations that do. */
    public Set<String> groupsThatBring(Named named) {
        Set<String> found = new HashSet<>();
        Stream.concat(groups.get().ids().stream(), tenants.get().groups().stream())
                .filter(group -> brings(Set.of(group), Set.of(), named))
                .forEach(found::add);
        return found;
    }

    /** Ids of the roles that bring one of the named roles. */
    public Set<String> rolesThatBring(Named named) {
        return roles.get().ids().stream()
                .filter(role -> brings(Set.of(), Set.of(role), named))
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean brings(Set<String> own, Set<String> given, Named named) {
        return upwards(own).stream().anyMatch(named.groups()::contains)
                || tenants.get().of(own).stream().anyMatch(named.organizations()::contains)
                || (!named.roles().isEmpty() && roleNames(own, given).stream().anyMatch(named.roles()::contains));
    }

    /** Everything that there is to be named. */
    public Named all() {
        return new Named(
                groups.get().ids(),
                tenants.get().ids(),
                roles.get().names(roles.get().ids()));
    }

    /** What rules, or whoever asks, have named. */
    public record Named(Set<String> groups, Set<String> organizations, Set<String> roles) {
        /** Nothing. */
        public static final Named NONE = new Named(Set.of(), Set.of(), Set.of());

        public Named {
            groups = Set.copyOf(groups);
            organizations = Set.copyOf(organizations);
            roles = Set.copyOf(roles);
        }

        /** Both. */
        public Named and(Named other) {
            return new Named(
                    both(groups, other.groups), both(organizations, other.organizations), both(roles, other.roles));
        }

        private static Set<String> both(Set<String> one, Set<String> other) {
            return Stream.concat(one.stream(), other.stream()).collect(Collectors.toUnmodifiableSet());
        }
    }

    /** The path of a group, as administrators write it. */
    public String path(String group) {
        return groups.get().path(group, escaping);
    }

    /** The alias of an organization. */
    public String alias(String organization) {
        return tenants.get().alias(organization);
    }

    private Set<String> upwards(Set<String> own) {
        return own.isEmpty() ? Set.of() : groups.get().upwards(own);
    }

    private Set<String> roleNames(Set<String> own, Set<String> given) {
        Set<String> effective = effective(own, given);
        return effective.isEmpty() ? Set.of() : roles.get().names(effective);
    }

    private Set<String> effective(Set<String> own, Set<String> given) {
        Set<String> all = new HashSet<>(given);
        if (!own.isEmpty()) {
            all.addAll(groups.get().roles(upwards(own)));
        }
        return all.isEmpty() ? Set.of() : roles.get().effective(all);
    }

    /** Something that is made when it is first needed. */
    private static final class Once<T> implements Supplier<T> {

        private final Supplier<T> maker;
        private Optional<T> made = Optional.empty();

        Once(Supplier<T> maker) {
            this.maker = maker;
        }

        @Override
        public T get() {
            T value = made.orElseGet(maker);
            made = Optional.of(value);
            return value;
        }
    }
}
