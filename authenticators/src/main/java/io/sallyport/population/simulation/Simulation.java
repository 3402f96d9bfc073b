package io.sallyport.population.simulation;

import io.sallyport.policy.PolicyDecision;
import io.sallyport.policy.SignInFacts;
import io.sallyport.policy.rules.PolicyRule;
import io.sallyport.policy.rules.RuleIndex;
import io.sallyport.policy.rules.Scope;
import io.sallyport.population.Page;
import io.sallyport.population.Person;
import io.sallyport.population.Population;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks both policies, the stored one and the one that the draft would make of it, about everybody. */
public final class Simulation {

    private final StoredRules stored;
    private final Draft draft;
    private final Set<Show> show;
    private final RuleIndex now;
    private final RuleIndex then;

    /**
     * The simulation of a draft.
     *
     * @param show whom to list; nobody named means everybody who is affected
     */
    public Simulation(StoredRules stored, Draft draft, Set<Show> show) {
        List<PolicyRule> shared = stored.shared();
        this.stored = stored;
        this.draft = draft;
        this.show = Set.copyOf(show);
        this.now = RuleIndex.of(shared);
        this.then = RuleIndex.of(draft.shared(shared));
    }

    /** Runs over everybody; the numbers, for an answer. */
    public Map<String, Object> run(Population population, List<String> warnings, Audience audience) {
        Summary summary = new Summary(warnings);
        long total = population.size();
        long done = 0;
        Optional<Page> next = population.first();
        while (next.isPresent()) {
            Page page = next.get();
            look(page, summary, audience);
            done += page.size();
            audience.progress(done, Math.max(done, total));
            next = population.after(page.last());
        }
        return summary.asMap();
    }

    private void look(Page page, Summary summary, Audience audience) {
        Map<String, List<PolicyRule>> own = stored.own(page.after(), page.last()).stream()
                .collect(Collectors.groupingBy(rule -> ((Scope.User) rule.scope()).user()));
        summary.add(page);
        for (Person person : page.people()) {
            SignInFacts facts = person.facts();
            List<PolicyRule> his = own.getOrDefault(facts.userId(), List.of());
            PolicyDecision before = now.resolve(facts, his).decision(facts);
            PolicyDecision after =
                    then.resolve(facts, draft.own(facts.userId(), his)).decision(facts);
            Affected one = new Affected(person, Verdict.of(before), Verdict.of(after));
            summary.add(one, terms(before).equals(terms(after)));
            if (person.beyond() && one.before() != one.after() && isShown(one)) {
                audience.affected(one);
            }
        }
    }

    private boolean isShown(Affected one) {
        return show.isEmpty() || show.stream().anyMatch(kind -> kind.includes(one));
    }

    /** What a decision asks for beyond its kind. */
    private static List<Object> terms(PolicyDecision decision) {
        return decision.match(
                skip -> List.of(),
                challenge -> List.of(challenge.proof()),
                enroll -> List.of(enroll.proof(), enroll.grace()),
                deny -> List.of());
    }
}
