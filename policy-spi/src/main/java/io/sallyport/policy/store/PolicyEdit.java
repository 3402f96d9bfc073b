package io.sallyport.policy.store;

import io.sallyport.policy.rules.PolicyChange;
import io.sallyport.policy.rules.PolicyDiff;
import io.sallyport.policy.rules.PolicyRule;
import io.sallyport.provider.DatabaseClock;
import io.sallyport.provider.RealmCache;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * One edit of a realm's policy, in the session's transaction: checked against what is stored, written with its history
 * and one event for each rule, and then no longer answered from any cache. Edits of one realm go one after the other,
 * because each begins by locking the revision.
 */
public final class PolicyEdit {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final EntityManager em;
    private final Optional<String> actor;
    private final String reason;
    private final RevisionRow revision;

    private PolicyEdit(KeycloakSession session, RealmModel realm, Optional<String> actor, String reason) {
        this.session = session;
        this.realm = realm;
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.actor = actor;
        this.reason = reason;
        this.revision = PolicyLock.take(em, realm.getId());
    }

    /**
     * Begins an edit.
     *
     * @param actor id of the administrator; absent if the server does it by itself
     * @param reason why, of at most 255 characters; for the history and the events
     */
    public static PolicyEdit begin(KeycloakSession session, RealmModel realm, Optional<String> actor, String reason) {
        return new PolicyEdit(session, realm, actor, reason);
    }

    /**
     * Adds a rule.
     *
     * @throws PolicyConflict if there is one of this id, or of the same scope and conditions
     */
    public List<PolicyChange> create(PolicyRule rule) {
        if (row(rule.id()).isPresent()) {
            throw PolicyConflict.taken(rule.id());
        }
        refuseDuplicate(rule);
        return make(List.of(new PolicyChange(rule.id(), Optional.empty(), Optional.of(rule))));
    }

    /**
     * Puts a rule in place of the one of the same id.
     *
     * @param version the version that the author has seen
     * @throws NoSuchRule if there is none
     * @throws PolicyConflict if it was changed since, or if another rule has the same scope and conditions
     */
    public List<PolicyChange> update(PolicyRule rule, long version) {
        PolicyRule before = current(rule.id(), Optional.of(version));
        refuseDuplicate(rule);
        return make(List.of(new PolicyChange(rule.id(), Optional.of(before), Optional.of(rule))));
    }

    /**
     * Deletes a rule.
     *
     * @param version the version that the author has seen; absent deletes any
     * @throws NoSuchRule if there is none
     * @throws PolicyConflict if it was changed since
     */
    public List<PolicyChange> delete(String id, Optional<Long> version) {
        PolicyRule before = current(id, version);
        return make(List.of(new PolicyChange(id, Optional.of(before), Optional.empty())));
    }

    /** Deletes the rules about somebody or something that is gone. */
    List<PolicyChange> deleteAll(RuleFilter filter) {
        TypedQuery<RuleRow> query =
                em.createQuery("select r from MfaRule r where r.realmId = :realm" + filter.where(), RuleRow.class);
        filter.parameters().forEach(query::setParameter);
        List<PolicyChange> changes = query.setParameter("realm", realm.getId())
                .getResultStream()
                .map(row -> new PolicyChange(row.id(), readable(row), Optional.empty()))
                .toList();
        return make(changes);
    }

    /** Changes the rules that have a name in their text. */
    List<PolicyChange> changeMentions(String name, UnaryOperator<PolicyRule> change) {
        List<PolicyRule> before = em.createQuery(
                        "select r from MfaRule r where r.realmId = :realm and locate(:name, r.document) > 0",
                        RuleRow.class)
                .setParameter("realm", realm.getId())
                .setParameter("name", RuleJson.inside(name))
                .getResultStream()
                .flatMap(row -> readable(row).stream())
                .toList();
        return make(PolicyDiff.of(before, before.stream().map(change).toList()));
    }

    /**
     * Puts these rules in place of all rules of the realm. A rule that says the same as before stays as it is, with its
     * version and age; one that can't be read any more is deleted.
     *
     * @param seen the revision that the author has seen; absent replaces any
     * @return what changed
     * @throws PolicyConflict if the policy was changed since
     */
    public List<PolicyChange> replaceAll(Optional<Long> seen, List<PolicyRule> rules) {
        PolicyConflict.refuseStale(seen, revision.revision());
        List<PolicyChange> changes = new ArrayList<>();
        List<PolicyRule> before = new ArrayList<>();
        em.createQuery("select r from MfaRule r where r.realmId = :realm", RuleRow.class)
                .setParameter("realm", realm.getId())
                .getResultStream()
                .forEach(row -> {
                    readable(row)
                            .ifPresentOrElse(
                                    before::add,
                                    () -> changes.add(new PolicyChange(row.id(), Optional.empty(), Optional.empty())));
                    em.detach(row);
                });
        changes.addAll(PolicyDiff.of(before, rules));
        return make(changes);
    }

    /** Deletions first, because what is made may have the id or the identity of what goes. */
    private List<PolicyChange> make(List<PolicyChange> wanted) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        actor.ifPresent(id -> Author.of(session, realm, id).check(wanted));
        Instant now = DatabaseClock.now(em);
        LastVersions last = LastVersions.of(em, realm.getId(), wanted);
        long next = revision.next();
        List<PolicyChange> made =
                wanted.stream().map(change -> versioned(change, last, now)).toList();
        List<Object> rows = new ArrayList<>(makeRoom(made));
        for (PolicyChange change : made) {
            change.after().filter(rule -> change.before().isEmpty()).ifPresent(rule -> rows.add(added(rule, now)));
            HistoryRow past = new HistoryRow(realm.getId(), next, change, actor.orElse(null), reason, now);
            em.persist(past);
            rows.add(past);
        }
        em.flush();
        // each event flushes, and would look at every row again
        rows.forEach(em::detach);
        RuleCache.forget(session, realm);
        RealmCache.invalidate(realm);
        made.forEach(change -> PolicyEvents.record(session, realm, change, actor, reason));
        return made;
    }

    /** Takes away what goes, and gives what changes its new text in two steps: two rules may swap their identities. */
    private List<RuleRow> makeRoom(List<PolicyChange> made) {
        Map<RuleRow, PolicyRule> changed = new LinkedHashMap<>();
        made.stream()
                .filter(change -> change.kind() != PolicyChange.Kind.CREATED)
                .forEach(change -> row(change.id()).ifPresent(row -> {
                    if (change.after().isEmpty()) {
                        em.remove(row);
                    } else {
                        row.giveUpIdentity();
                        changed.put(row, change.after().get());
                    }
                }));
        em.flush();
        changed.forEach(RuleRow::become);
        return new ArrayList<>(changed.keySet());
    }

    private static PolicyChange versioned(PolicyChange change, LastVersions last, Instant now) {
        long version = Math.max(
                        last.of(change.id()),
                        change.before().map(PolicyRule::version).orElse(0L))
                + 1;
        return new PolicyChange(change.id(), change.before(), change.after().map(rule -> rule.stored(version, now)));
    }

    private RuleRow added(PolicyRule rule, Instant now) {
        RuleRow row = new RuleRow(realm.getId(), rule.id(), actor.orElse(null), now);
        row.become(rule);
        em.persist(row);
        return row;
    }

    private Optional<RuleRow> row(String id) {
        return Optional.ofNullable(em.find(RuleRow.class, new RuleRow.Key(realm.getId(), id)));
    }

    private PolicyRule current(String id, Optional<Long> seen) {
        PolicyRule rule = row(id).orElseThrow(() -> new NoSuchRule(id)).rule();
        seen.filter(version -> version != rule.version()).ifPresent(version -> {
            throw PolicyConflict.stale("rule " + id, version, rule.version());
        });
        return rule;
    }

    private void refuseDuplicate(PolicyRule rule) {
        em.createQuery(
                        "select r.id from MfaRule r where r.realmId = :realm and r.identityHash = :hash and r.id <> :id",
                        String.class)
                .setParameter("realm", realm.getId())
                .setParameter("hash", RuleJson.hash(rule))
                .setParameter("id", rule.id())
                .getResultStream()
                .findFirst()
                .ifPresent(other -> {
                    throw PolicyConflict.duplicate(other);
                });
    }

    private static Optional<PolicyRule> readable(RuleRow row) {
        try {
            return Optional.of(row.rule());
        } catch (UnreadableRule broken) {
            return Optional.empty();
        }
    }
}
