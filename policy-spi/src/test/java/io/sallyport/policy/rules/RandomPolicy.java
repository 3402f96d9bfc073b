package io.sallyport.policy.rules;

import io.sallyport.policy.Grace;
import io.sallyport.policy.Method;
import io.sallyport.policy.Network;
import io.sallyport.policy.SignInFacts;
import io.sallyport.policy.Strength;
import io.sallyport.policy.address.StrictAddresses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Policies and sign-ins out of few enough names that rules collide often; the same seed gives the same ones. */
final class RandomPolicy {

    private static final List<String> TENANTS = List.of("t1", "t2", "t3");
    private static final List<String> GROUPS = List.of("g1", "g2", "g3");
    /** Groups and the one above them. */
    private static final Map<String, String> PARENTS = Map.of("g2", "g1");

    private static final List<Method> METHODS = List.of(Method.TOTP, Method.WEBAUTHN, Method.SMS_OTP);

    private static final List<String> ROLES = List.of("r1", "r2", "bank/r1");
    private static final List<String> CLIENTS = List.of("c1", "c2");
    private static final List<String> PROVIDERS = List.of("corp", "partner");
    private static final List<Network> NETWORKS = Stream.of(
                    "0.0.0.0/0",
                    "10.0.0.0/8",
                    "10.20.0.0/16",
                    "10.20.30.40/32",
                    "192.0.2.0/25",
                    "192.0.2.128/25",
                    "::/0",
                    "2001:db8::/32",
                    "2001:db8:1::/48",
                    "2001:db8:1::7/128",
                    "a00::/8")
            .map(text -> StrictAddresses.network(text).orElseThrow())
            .toList();
    private static final List<String> ADDRESSES = List.of(
            "10.20.30.40",
            "10.20.30.41",
            "10.21.0.1",
            "11.0.0.0",
            "192.0.2.127",
            "192.0.2.128",
            "::ffff:10.20.30.40",
            "2001:db8:1::7",
            "2001:db8:1::8",
            "2001:db8:2::7",
            "2001:db9::1",
            "a14:1e28::");

    private final Random random;

    RandomPolicy(long seed) {
        this.random = new Random(seed);
    }

    SignInFacts facts() {
        Visitor visitor = Visitor.ann()
                .of(some(TENANTS).toArray(String[]::new))
                .in(withAncestors(some(GROUPS)).toArray(String[]::new))
                .as(some(ROLES).toArray(String[]::new))
                .at(one(CLIENTS))
                .from(random.nextInt(5) == 0 ? Optional.empty() : Optional.of(one(ADDRESSES)));
        Visitor vouched = random.nextBoolean() ? visitor.through(one(PROVIDERS)) : visitor;
        return (random.nextInt(4) == 0 ? vouched.refreshing(Visitor.NOW.minusSeconds(3600)) : vouched).facts();
    }

    private static Set<String> withAncestors(Set<String> groups) {
        PARENTS.forEach((group, parent) -> {
            if (groups.contains(group)) {
                groups.add(parent);
            }
        });
        return groups;
    }

    List<PolicyRule> rules() {
        List<PolicyRule> rules = new ArrayList<>();
        int count = random.nextInt(11);
        for (int i = 0; i < count; i++) {
            rules.add(rule("rule-" + i));
        }
        return rules;
    }

    List<PolicyRule> shuffled(List<PolicyRule> rules) {
        List<PolicyRule> shuffled = new ArrayList<>(rules);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    Demand demand(boolean required) {
        Set<Method> methods = some(METHODS);
        return new Demand(
                required,
                one(List.of(Strength.ANY, Strength.ANY, Strength.NO_SMS, Strength.PHISHING_RESISTANT)),
                random.nextBoolean() || methods.isEmpty() ? Optional.empty() : Optional.of(methods),
                random.nextBoolean() ? Optional.empty() : Optional.of(Duration.ofMinutes(1 + random.nextInt(60))),
                required && random.nextBoolean() ? Optional.of(grace()) : Optional.empty());
    }

    private Grace grace() {
        return new Grace(
                random.nextBoolean() ? Optional.empty() : Optional.of(Duration.ofDays(1 + random.nextInt(90))),
                Optional.of(1 + random.nextInt(100)));
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private PolicyRule rule(String id) {
        Draft draft = Draft.rule(id, scope(), true).demand(demand(random.nextInt(3) > 0));
        Draft conditional = draft.when(conditions().toArray(Condition[]::new));
        return switch (random.nextInt(7)) {
            case 0 -> conditional.state(one(List.of(State.values()))).done();
            case 1 ->
                conditional
                        .validUntil(Visitor.NOW.plusSeconds(random.nextInt(3) - 1))
                        .done();
            case 2 ->
                conditional
                        .validFrom(Visitor.NOW.minusSeconds(
                                random.nextBoolean() ? random.nextInt(4000) : random.nextInt(3) - 1))
                        .takesEffect(one(List.of(TakesEffect.values())))
                        .done();
            case 3 ->
                conditional
                        .changedAt(Visitor.NOW.minusSeconds(random.nextInt(7200)))
                        .takesEffect(one(List.of(TakesEffect.values())))
                        .done();
            default -> conditional.done();
        };
    }

    /** None half of the time, else one or two kinds, as a document lists them. */
    private List<Condition> conditions() {
        List<Condition> all = List.of(
                new Condition.HasRole(atLeastOne(ROLES)),
                new Condition.IsClient(atLeastOne(CLIENTS)),
                new Condition.CameBy(atLeastOne(PROVIDERS)),
                new Condition.Inside(networks()),
                new Condition.Outside(networks()));
        if (random.nextBoolean()) {
            return List.of();
        }
        Set<Condition> chosen = Set.copyOf(List.of(one(all), one(all)));
        return all.stream().filter(chosen::contains).toList();
    }

    private List<Network> networks() {
        return atLeastOne(NETWORKS).stream()
                .sorted(Comparator.comparing(Network::text))
                .toList();
    }

    private Scope scope() {
        return switch (random.nextInt(10)) {
            case 0, 1 -> Draft.global();
            case 2, 3, 4 -> Draft.tenant(one(TENANTS));
            case 5 -> Draft.group(one(GROUPS));
            case 6, 7 -> Draft.groupOf(one(GROUPS), one(TENANTS));
            case 8 -> Draft.user(one(List.of(Visitor.ID, Visitor.ID, "bob")));
            default -> Draft.userOf(Visitor.ID, one(TENANTS));
        };
    }

    private <T> Set<T> atLeastOne(List<T> of) {
        Set<T> some = new HashSet<>(Set.of(one(of)));
        if (random.nextInt(3) == 0) {
            some.add(one(of));
        }
        return some;
    }

    private <T> Set<T> some(List<T> of) {
        Set<T> some = new HashSet<>();
        of.stream().filter(each -> random.nextBoolean()).forEach(some::add);
        return some;
    }
}
