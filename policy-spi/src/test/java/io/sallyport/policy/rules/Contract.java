package io.sallyport.policy.rules;

import io.sallyport.policy.Level;
import io.sallyport.policy.Method;
import io.sallyport.policy.Network;
import io.sallyport.policy.NetworkAddress;
import io.sallyport.policy.SignInFacts;
import io.sallyport.policy.Strength;
import java.math.BigInteger;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The resolution as the contract words it, slowly and with nothing of the engine: tenant by tenant, method by method.
 */
final class Contract {

    private Contract() {}

    /**
     * What it comes to.
     *
     * @param rules ids of the rules that decide
     * @param required whether any of them requires MFA
     * @param methods what may be used then
     * @param strength how strong it must be then
     * @param maxAge how old it may be then
     */
    record Answer(
            Set<String> rules, boolean required, Set<Method> methods, Strength strength, Optional<Duration> maxAge) {}

    static Answer answer(Collection<PolicyRule> rules, SignInFacts facts) {
        for (Level level : List.of(Level.USER, Level.GROUP, Level.TENANT, Level.GLOBAL)) {
            List<PolicyRule> pool = new ArrayList<>();
            for (PolicyRule rule : rules) {
                if (counts(rule, facts) && levelOf(rule) == level) {
                    pool.add(rule);
                }
            }
            if (level == Level.USER) {
                pool = tenantByTenant(pool, facts);
            }
            if (!pool.isEmpty()) {
                return strictest(pool);
            }
        }
        return new Answer(Set.of(), false, Set.of(), Strength.ANY, Optional.empty());
    }

    private static List<PolicyRule> tenantByTenant(List<PolicyRule> pool, SignInFacts facts) {
        List<PolicyRule> general =
                pool.stream().filter(rule -> organization(rule).isEmpty()).toList();
        if (facts.tenants().isEmpty()) {
            return general;
        }
        Set<PolicyRule> deciding = new HashSet<>();
        for (String tenant : facts.tenants()) {
            List<PolicyRule> own = pool.stream()
                    .filter(rule -> organization(rule).equals(Optional.of(tenant)))
                    .toList();
            deciding.addAll(own.isEmpty() ? general : own);
        }
        return List.copyOf(deciding);
    }

    private static Answer strictest(List<PolicyRule> pool) {
        List<PolicyRule> requiring =
                pool.stream().filter(rule -> rule.demand().required()).toList();
        Set<String> ids = new TreeSet<>();
        (requiring.isEmpty() ? pool : requiring).forEach(rule -> ids.add(rule.id()));
        if (requiring.isEmpty()) {
            return new Answer(ids, false, Set.of(), Strength.ANY, Optional.empty());
        }
        Set<Method> methods = new HashSet<>();
        for (Method method : Method.values()) {
            if (method.enrollable() && requiring.stream().allMatch(rule -> allows(rule.demand(), method))) {
                methods.add(method);
            }
        }
        return new Answer(
                ids,
                true,
                methods,
                requiring.stream()
                        .map(rule -> rule.demand().strength())
                        .max(Comparator.naturalOrder())
                        .orElseThrow(),
                requiring.stream()
                        .flatMap(rule -> rule.demand().maxAge().stream())
                        .min(Comparator.naturalOrder()));
    }

    private static boolean allows(Demand demand, Method method) {
        boolean listed = demand.methods().isEmpty() || demand.methods().get().contains(method);
        boolean strong = switch (method) {
            case WEBAUTHN -> true;
            case TOTP -> demand.strength() != Strength.PHISHING_RESISTANT;
            case SMS_OTP -> demand.strength() == Strength.ANY;
            case RECOVERY_CODE, TEMPORARY_PASS, EMAIL_CODE -> false;
        };
        return listed && strong;
    }

    private static boolean counts(PolicyRule rule, SignInFacts facts) {
        boolean inForce = rule.state() == State.ENFORCED
                && (rule.validFrom().isEmpty() || !rule.validFrom().get().isAfter(facts.now()))
                && (rule.validUntil().isEmpty()
                        || facts.now().isBefore(rule.validUntil().get()));
        boolean inTime = facts.refreshOfSessionSince().isEmpty()
                || rule.takesEffect() == TakesEffect.NEXT_REFRESH
                || Stream.concat(Stream.of(rule.changedAt()), rule.validFrom().stream())
                        .map(at -> at.truncatedTo(ChronoUnit.SECONDS))
                        .noneMatch(facts.refreshOfSessionSince().get()::isBefore);
        boolean concerned = (organization(rule).isEmpty()
                        || facts.tenants().contains(organization(rule).get()))
                && switch (levelOf(rule)) {
                    case USER -> ((Scope.User) rule.scope()).user().equals(facts.userId());
                    case GROUP -> facts.groups().contains(((Scope.Group) rule.scope()).group());
                    case TENANT, GLOBAL -> true;
                };
        boolean conditions = true;
        for (Condition condition : rule.when()) {
            conditions &= holds(condition, facts);
        }
        return inForce && inTime && concerned && conditions;
    }

    private static boolean holds(Condition condition, SignInFacts facts) {
        if (condition instanceof Condition.HasRole role) {
            return role.anyOf().stream().anyMatch(facts.roles()::contains);
        }
        if (condition instanceof Condition.IsClient client) {
            return client.anyOf().contains(facts.clientId());
        }
        if (condition instanceof Condition.CameBy provider) {
            return facts.identityProvider().isPresent()
                    && provider.anyOf().contains(facts.identityProvider().get());
        }
        String address = facts.address().map(Contract::bits).orElse("nowhere");
        return condition instanceof Condition.Inside inside
                ? inside.anyOf().stream().anyMatch(network -> address.startsWith(bits(network)))
                : ((Condition.Outside) condition).noneOf().stream().noneMatch(n -> address.startsWith(bits(n)));
    }

    private static String bits(Network network) {
        return bits(network.first()).substring(0, 2 + network.bits());
    }

    /** The family and every bit, as text: of an address in a range it starts as that of the range. */
    private static String bits(NetworkAddress address) {
        String family = address.bits() == 32 ? "4 " : "6 ";
        String digits = new BigInteger("1" + address, 16).toString(2).substring(1);
        return family + digits;
    }

    private static Level levelOf(PolicyRule rule) {
        if (rule.scope() instanceof Scope.User) {
            return Level.USER;
        }
        if (rule.scope() instanceof Scope.Group) {
            return Level.GROUP;
        }
        return rule.scope() instanceof Scope.Tenant ? Level.TENANT : Level.GLOBAL;
    }

    private static Optional<String> organization(PolicyRule rule) {
        if (rule.scope() instanceof Scope.User user) {
            return user.organization();
        }
        if (rule.scope() instanceof Scope.Group group) {
            return group.organization();
        }
        return rule.scope() instanceof Scope.Tenant tenant ? Optional.of(tenant.organization()) : Optional.empty();
    }
}
