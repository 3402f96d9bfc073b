package io.sallyport.population.coverage;

import io.sallyport.policy.Method;
import io.sallyport.policy.SignInFacts;
import io.sallyport.policy.rules.PolicyRule;
import io.sallyport.policy.rules.Scope;
import io.sallyport.policy.store.RuleStore;
import io.sallyport.population.Structure;
import io.sallyport.population.Structure.Named;
import io.sallyport.provider.DatabaseClock;
import io.sallyport.verify.Circumstances;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The coverage of a realm by MFA, as its database and its policy are now. */
public final class Coverage {

    /** Who has no factor, among the parts by method. */
    public static final String NO_METHOD = "NONE";

    private static final int CHUNK = 500;

    /** So many users are looked at for one page: few where many are in the state, and more where few are. */
    private static final List<Integer> WINDOWS = List.of(1_000, 4_000);

    private final RuleStore store;
    private final KnownRules rules;
    private final Structure structure;
    private final Census census;
    private final Judge judge;
    private final Instant now;

    /** The coverage of a realm in the session's transaction. */
    public Coverage(KeycloakSession session, RealmModel realm, Instant policyTime) {
        this.now = DatabaseClock.now(session);
        this.store = new RuleStore(session, realm);
        this.rules = KnownRules.of(realm, store);
        this.structure = new Structure(
                session,
                realm,
                new Circumstances(
                        Constants.ACCOUNT_CONSOLE_CLIENT_ID,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        policyTime));
        this.census = new Census(session, realm, rules, structure, now);
        this.judge = new Judge(rules, structure);
    }

    /** Everybody. */
    public Tally totals() {
        Tally totals = new Tally();
        count(Named.NONE, (signature, tally) -> tally.accept(totals));
        return totals;
    }

    /** Everybody, apart by what people are in or have, in the order of its names. */
    public Map<Part, Tally> by(Dimension dimension) {
        Map<Part, Tally> parts = new TreeMap<>();
        Named all = structure.all();
        Named named = switch (dimension) {
            case GROUP -> new Named(all.groups(), Set.of(), Set.of());
            case ORGANIZATION -> new Named(Set.of(), all.organizations(), Set.of());
            case ROLE -> new Named(Set.of(), Set.of(), all.roles());
            case METHOD -> Named.NONE;
        };
        count(
                named,
                (signature, tally) -> parts(dimension, signature)
                        .forEach(part -> tally.accept(parts.computeIfAbsent(part, key -> new Tally()))));
        return parts;
    }

    /** A page of whoever is in a state, after a name. */
    public Sheet page(State state, String after, int max) {
        List<Covered> page = new ArrayList<>();
        if (state.isScarce()) {
            Optional<String> next = fill(page, state, after, Optional.empty(), max);
            return new Sheet(page, next);
        }
        String at = after;
        for (int window : WINDOWS) {
            Optional<String> end = census.later(at, window);
            Optional<String> next = fill(page, state, at, end, max);
            if (next.isPresent() || end.isEmpty()) {
                return new Sheet(page, next);
            }
            at = end.get();
        }
        return new Sheet(page, Optional.of(at));
    }

    /** Adds whoever comes after a name, up to another one; the name at which the page was full, if it was. */
    private Optional<String> fill(List<Covered> page, State state, String after, Optional<String> end, int max) {
        String at = after;
        int most = state.isExact() ? max + 1 : CHUNK;
        while (true) {
            List<Census.Line> lines = census.after(state, at, end, most);
            for (Covered one : judged(lines)) {
                if (state.includes(one)) {
                    if (page.size() == max) {
                        return Optional.of(at);
                    }
                    page.add(one);
                }
                at = one.username();
            }
            if (lines.size() < most) {
                return Optional.empty();
            }
        }
    }

    /** Everybody who is in a state, in no order, while they are read. */
    public void each(State state, Consumer<Covered> to) {
        try (Stream<Census.Line> lines = census.everybody(state)) {
            lines.map(line -> covered(line, judge.alike(line.signature(), uses(line.signature()))))
                    .filter(state::includes)
                    .forEach(to);
        }
        if (census.hasOwnRules()) {
            own(state, lines -> judged(lines).stream().filter(state::includes).forEach(to));
        }
    }

    private void count(Named named, Counted to) {
        try (Stream<Census.Alike> alike = census.alike(named)) {
            alike.forEach(each -> {
                GraceUses graces = new GraceUses(each.signature().graces(), rules.graces(), now);
                Standing standing = judge.alike(each.signature(), graces);
                to.counted(each.signature(), tally -> tally.add(standing, each.locked(), each.count()));
            });
        }
        if (census.hasOwnRules()) {
            own(State.ALL, lines -> {
                List<Covered> covered = judged(lines);
                for (int i = 0; i < lines.size(); i++) {
                    Covered one = covered.get(i);
                    to.counted(
                            lines.get(i).signature(),
                            tally -> tally.add(one.standing(), one.lockedUntil().isPresent(), 1));
                }
            });
        }
    }

    private void own(State state, Consumer<List<Census.Line>> to) {
        try (Stream<Census.Line> lines = census.withOwnRules(state)) {
            List<Census.Line> chunk = new ArrayList<>();
            lines.forEach(line -> {
                chunk.add(line);
                if (chunk.size() == CHUNK) {
                    to.accept(List.copyOf(chunk));
                    chunk.clear();
                }
            });
            to.accept(List.copyOf(chunk));
        }
    }

    private List<Covered> judged(List<Census.Line> lines) {
        Map<String, List<PolicyRule>> own = census.hasOwnRules()
                ? store.ownRules(lines.stream().map(Census.Line::id).toList()).stream()
                        .collect(Collectors.groupingBy(rule -> ((Scope.User) rule.scope()).user()))
                : Map.of();
        return lines.stream()
                .map(line -> covered(
                        line,
                        own.containsKey(line.id())
                                ? judge.of(
                                        line.id(),
                                        line.signature(),
                                        own.getOrDefault(line.id(), List.of()),
                                        uses(line.signature()))
                                : judge.alike(line.signature(), uses(line.signature()))))
                .toList();
    }

    private GraceUses uses(Signature signature) {
        return new GraceUses(signature.graces(), List.of(), now);
    }

    private static Covered covered(Census.Line line, Standing standing) {
        return new Covered(line.id(), line.username(), standing, line.lockedUntil());
    }

    private Set<Part> parts(Dimension dimension, Signature signature) {
        if (dimension == Dimension.METHOD) {
            Set<Method> held = signature.held();
            return held.isEmpty()
                    ? Set.of(new Part(NO_METHOD, Optional.empty()))
                    : parts(held, method -> new Part(method.name(), Optional.empty()));
        }
        SignInFacts facts = structure.facts("", signature.groupIds(), signature.roleIds(), Set.of());
        return switch (dimension) {
            case GROUP -> parts(facts.groups(), id -> new Part(structure.path(id), Optional.of(id)));
            case ORGANIZATION -> parts(facts.tenants(), id -> new Part(structure.alias(id), Optional.of(id)));
            case ROLE, METHOD -> parts(facts.roles(), role -> new Part(role, Optional.empty()));
        };
    }

    private static <T> Set<Part> parts(Set<T> of, Function<T, Part> part) {
        return of.stream().map(part).collect(Collectors.toUnmodifiableSet());
    }

    /** Somebody is counted, in as many tallies as he belongs to. */
    private interface Counted {
        void counted(Signature signature, Consumer<Tally> tally);
    }
}
