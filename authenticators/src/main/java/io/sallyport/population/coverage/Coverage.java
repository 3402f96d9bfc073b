package io.sallyport.population.coverage;

import io.sallyport.policy.Method;
import io.sallyport.policy.SignInFacts;
import io.sallyport.policy.store.RuleStore;
import io.sallyport.population.Structure;
import io.sallyport.population.Structure.Named;
import io.sallyport.provider.DatabaseClock;
import io.sallyport.verify.Circumstances;
import jakarta.persistence.EntityManager;
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
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The coverage of a realm by MFA, as its database and its policy are now. */
public final class Coverage {

    /** Who has no factor, among the parts by method. */
    public static final String NO_METHOD = "NONE";

    private static final int CHUNK = 500;

    private final KnownRules rules;
    private final Structure structure;
    private final Census census;
    private final Roll roll;
    private final Bench bench;
    private final Instant now;

    /** The coverage of a realm in the session's transaction. */
    public Coverage(KeycloakSession session, RealmModel realm, Instant policyTime) {
        RuleStore store = new RuleStore(session, realm);
        this.rules = KnownRules.of(session, realm, store);
        this.now = DatabaseClock.now(session);
        this.structure = new Structure(
                session,
                realm,
                new Circumstances(
                        Constants.ACCOUNT_CONSOLE_CLIENT_ID,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        policyTime));
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        Sieve sieve = new Sieve(rules, structure.available());
        this.census = new Census(em, realm.getId(), rules, structure, sieve, now);
        this.roll = new Roll(em, realm.getId(), rules, sieve, new Scarce(em, realm.getId(), rules, structure, now));
        this.bench = new Bench(new Judge(rules, structure), store, rules.own(), now);
    }

    /** Everybody. */
    public Headcount totals() {
        Headcount totals = new Headcount();
        count(Named.NONE, (signature, tally) -> tally.accept(totals));
        return totals;
    }

    /** Everybody, apart by what people are in or have, in the order of its names. */
    public Map<Part, Headcount> by(Dimension dimension) {
        Map<Part, Headcount> parts = new TreeMap<>();
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
                        .forEach(part -> tally.accept(parts.computeIfAbsent(part, key -> new Headcount()))));
        return parts;
    }

    /** A page of whoever is in a state, after a name. */
    public Sheet page(State state, String after, int max) {
        return new Pages(roll, bench).page(state, after, max);
    }

    /** Everybody who is in a state, in no order, while they are read. */
    public void each(State state, Consumer<Covered> to) {
        try (Stream<Line> lines = census.everybody(state)) {
            lines.map(bench::alike).filter(state::includes).forEach(to);
        }
        if (rules.own()) {
            own(
                    state,
                    lines ->
                            bench.judged(lines).stream().filter(state::includes).forEach(to));
        }
    }

    private void count(Named named, Counted to) {
        try (Stream<Alike> alike = census.alike(named)) {
            alike.forEach(each -> {
                GraceUses graces = new GraceUses(each.signature().graces(), rules.graces(), now);
                Judgement standing = bench.alike(each.signature(), graces);
                to.counted(each.signature(), tally -> tally.add(standing, each.locked(), each.count()));
            });
        }
        if (rules.own()) {
            own(State.ALL, lines -> {
                List<Covered> covered = bench.judged(lines);
                for (int i = 0; i < lines.size(); i++) {
                    Covered one = covered.get(i);
                    to.counted(
                            lines.get(i).signature(),
                            tally -> tally.add(one.standing(), one.lockedUntil().isPresent(), 1));
                }
            });
        }
    }

    private void own(State state, Consumer<List<Line>> to) {
        try (Stream<Line> lines = census.withOwnRules(state)) {
            List<Line> chunk = new ArrayList<>();
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
        void counted(Signature signature, Consumer<Headcount> tally);
    }
}
