package io.sallyport.policy.rules;

import io.sallyport.policy.Grace;
import io.sallyport.policy.Method;
import io.sallyport.policy.SignInFacts;
import io.sallyport.policy.Strength;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Policies and sign-ins out of few enough names that rules collide often; the same seed gives the same ones. */
final class RandomPolicy {

    private static final List<String> TENANTS = List.of("t1", "t2", "t3");
    private static final List<String> GROUPS = List.of("g1", "g2", "g3");
    private static final List<Method> METHODS = List.of(Method.TOTP, Method.WEBAUTHN, Method.SMS_OTP);

    private final Random random;

    RandomPolicy(long seed) {
        this.random = new Random(seed);
    }

    SignInFacts facts() {
        Visitor visitor = Visitor.ann()
                .of(some(TENANTS).toArray(String[]::new))
                .in(some(GROUPS).toArray(String[]::new))
                .as(some(List.of("r1", "r2")).toArray(String[]::new))
                .at(one(List.of("c1", "c2")));
        return (random.nextInt(4) == 0 ? visitor.refreshing(Visitor.NOW.minusSeconds(3600)) : visitor).facts();
    }

    List<PolicyRule> rules() {
        List<PolicyRule> rules = new ArrayList<>();
        int count = random.nextInt(9);
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
        return switch (random.nextInt(9)) {
            case 0 -> draft.state(one(List.of(State.values()))).done();
            case 1 ->
                draft.validUntil(Visitor.NOW.plusSeconds(random.nextInt(3) - 1)).done();
            case 2 ->
                draft.changedAt(Visitor.NOW.minusSeconds(random.nextInt(7200)))
                        .takesEffect(one(List.of(TakesEffect.values())))
                        .done();
            case 3 ->
                draft.when(new Condition.HasRole(Set.of(one(List.of("r1", "r2")))))
                        .done();
            case 4 ->
                draft.when(new Condition.IsClient(Set.of(one(List.of("c1", "c2")))))
                        .done();
            default -> draft.done();
        };
    }

    private Scope scope() {
        return switch (random.nextInt(7)) {
            case 0 -> Draft.global();
            case 1 -> Draft.tenant(one(TENANTS));
            case 2 -> Draft.group(one(GROUPS));
            case 3 -> Draft.groupOf(one(GROUPS), one(TENANTS));
            case 4 -> Draft.user(one(List.of(Visitor.ID, Visitor.ID, "bob")));
            default -> Draft.userOf(Visitor.ID, one(TENANTS));
        };
    }

    private <T> Set<T> some(List<T> of) {
        Set<T> some = new HashSet<>();
        of.stream().filter(each -> random.nextBoolean()).forEach(some::add);
        return some;
    }
}
