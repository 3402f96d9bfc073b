package io.sallyport.population.coverage;

import io.sallyport.policy.Level;
import io.sallyport.policy.Method;
import io.sallyport.policy.PolicyDecision;
import io.sallyport.policy.Requirement;
import io.sallyport.policy.SignInFacts;
import io.sallyport.policy.rules.PolicyRule;
import io.sallyport.population.Structure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Asks the policy's own engine where somebody stands; once for all who are alike and have no rules of their own. */
final class Judge {

    /** So many different people are remembered; in a realm where all differ it would be everybody. */
    private static final int REMEMBERED = 20_000;

    private static final String ANYBODY = "";

    private final KnownRules rules;
    private final Structure structure;
    private final Map<Signature, Judgement> known = new HashMap<>();

    Judge(KnownRules rules, Structure structure) {
        this.rules = rules;
        this.structure = structure;
    }

    /** Where everybody with this signature stands who has no rules of his own. */
    Judgement alike(Signature signature, GraceUses graces) {
        Judgement before = known.get(signature);
        if (before != null) {
            return before;
        }
        if (known.size() >= REMEMBERED) {
            known.clear();
        }
        Judgement standing = of(ANYBODY, signature, List.of(), graces);
        known.put(signature, standing);
        return standing;
    }

    /** Where this user stands with rules of his own. */
    Judgement of(String user, Signature signature, List<PolicyRule> own, GraceUses graces) {
        Set<Method> held = signature.held();
        SignInFacts facts = structure.facts(user, signature.groupIds(), signature.roleIds(), held);
        PolicyDecision decision = rules.index().resolve(facts, own).decision(facts);
        Set<Requirement> somewhere = rules.index().requirements(facts, own);
        Optional<PolicyDecision.Enroll> put = decision.match(
                skip -> Optional.empty(),
                challenge -> Optional.empty(),
                // whoever has a factor, even one that does not count, has no grace
                enroll -> Optional.of(enroll).filter(asked -> held.isEmpty() && graces.open(asked)),
                deny -> Optional.empty());
        return new Judgement(
                held,
                decision.match(skip -> false, challenge -> true, enroll -> true, deny -> true),
                decision.match(skip -> false, challenge -> true, enroll -> false, deny -> false),
                decision.match(skip -> false, challenge -> false, enroll -> false, deny -> true),
                !somewhere.isEmpty(),
                somewhere.stream().allMatch(asked -> facts.enrolled().stream().anyMatch(asked::accepts)),
                decision.match(
                        skip -> exceptions(skip, own), challenge -> List.of(), enroll -> List.of(), deny -> List.of()),
                put.isPresent(),
                put.flatMap(graces::end));
    }

    private List<PolicyRule> exceptions(PolicyDecision.Skip skip, List<PolicyRule> own) {
        return skip.reasons().stream()
                .filter(reason ->
                        reason.level().filter(level -> level != Level.GLOBAL).isPresent())
                .flatMap(reason -> reason.rule().stream())
                .flatMap(id -> Stream.concat(
                                own.stream(), Optional.ofNullable(rules.byId().get(id)).stream())
                        .filter(rule -> rule.id().equals(id))
                        .limit(1))
                .toList();
    }
}
