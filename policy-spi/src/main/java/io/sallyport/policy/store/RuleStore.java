package io.sallyport.policy.store;

import io.sallyport.policy.rules.PolicyChange;
import io.sallyport.policy.rules.PolicyDiff;
import io.sallyport.policy.rules.PolicyRule;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Reads the rules of a realm from their tables; they are changed by {@link PolicyEdit}. */
public final class RuleStore {

    private final EntityManager em;
    private final String realmId;

    /** The rules of the realm, in the session's transaction. */
    public RuleStore(KeycloakSession session, RealmModel realm) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realmId = realm.getId();
    }

    /** All rules. */
    public List<PolicyRule> all() {
        return rules("", Map.of());
    }

    /** The rules that can matter for a user: his own and those about more than one user. */
    public List<PolicyRule> rulesFor(String userId) {
        return rules(" and (r.userId is null or r.userId = :user)", Map.of("user", userId));
    }

    /** The rules about a user himself. */
    public List<PolicyRule> ownRules(String userId) {
        return rules(" and r.userId = :user", Map.of("user", userId));
    }

    /** The rules about one user each, for users whose ids the database puts after the first and up to the last. */
    public List<PolicyRule> ownRules(String after, String last) {
        return passing(" and r.userId > :after and r.userId <= :last", Map.of("after", after, "last", last));
    }

    /** The rules about these users themselves. */
    public List<PolicyRule> ownRules(Collection<String> users) {
        return users.isEmpty() ? List.of() : passing(" and r.userId in :users", Map.of("users", users));
    }

    /** Whether there are rules about single users. */
    public boolean hasOwnRules() {
        return !em.createQuery(
                        "select 1 from MfaRule r where r.realmId = :realm and r.userId is not null", Integer.class)
                .setParameter("realm", realmId)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    /** The rules about more than one user. */
    public List<PolicyRule> shared() {
        return passing(" and r.userId is null", Map.of());
    }

    /** The rules of these ids, as far as there are such. */
    public List<PolicyRule> named(Collection<String> ids) {
        return ids.isEmpty() ? List.of() : passing(" and r.id in :ids", Map.of("ids", ids));
    }

    /** The rules about more than one user, and the state of the policy that they belong to, by one statement. */
    SharedRules sharedRules() {
        List<Object[]> found = em.createQuery(
                        "select v, r from MfaPolicyRevision v left join MfaRule r"
                                + " on r.realmId = v.realmId and r.userId is null where v.realmId = :realm",
                        Object[].class)
                .setParameter("realm", realmId)
                .getResultList();
        return new SharedRules(
                PolicyState.of(found),
                PolicyState.seconds(found, RuleRow.class).map(RuleRow::rule).toList());
    }

    /** What was changed since a state, oldest first, and the state that it led to, by one statement. */
    Changes changesSince(PolicyState known) {
        List<Object[]> found = em.createQuery(
                        "select v, h from MfaPolicyRevision v left join MfaPolicyHistory h"
                                + " on h.realmId = v.realmId and h.revision > :revision"
                                + " where v.realmId = :realm order by h.revision",
                        Object[].class)
                .setParameter("realm", realmId)
                .setParameter("revision", known.revision())
                .getResultList();
        return new Changes(
                PolicyState.of(found),
                PolicyState.seconds(found, HistoryRow.class)
                        .map(HistoryRow::pastChange)
                        .toList());
    }

    /**
     * The rules about more than one user.
     *
     * @param state the state of the policy
     * @param rules the rules
     */
    record SharedRules(PolicyState state, List<PolicyRule> rules) {}

    /**
     * What led from one state of the policy to another.
     *
     * @param state the later one
     * @param changes the changes; without meaning if the generations differ
     */
    record Changes(PolicyState state, List<PastChange> changes) {}

    /**
     * The rule of an id, with its origin.
     *
     * @throws NoSuchRule if there is none
     */
    public StoredRule find(String id) {
        return Optional.ofNullable(em.find(RuleRow.class, new RuleRow.Key(realmId, id)))
                .orElseThrow(() -> new NoSuchRule(id))
                .stored();
    }

    /**
     * Rules with their origin, in the order of their ids; exceptions in that of their ends.
     *
     * @param filter whom they must be about
     * @param after where to go on
     */
    public List<StoredRule> list(RuleFilter filter, RulePlace after, int max) {
        return bound(
                        em.createQuery(
                                "select r from MfaRule r where r.realmId = :realm" + filter.where()
                                        + filter.following(),
                                RuleRow.class),
                        filter.parameters(after))
                .setMaxResults(max)
                .getResultStream()
                .map(RuleRow::stored)
                .toList();
    }

    /** The revision of the policy; 0 before its first change. */
    public long revision() {
        return Optional.ofNullable(em.find(RevisionRow.class, realmId))
                .map(RevisionRow::revision)
                .orElse(0L);
    }

    /**
     * What would change if these rules were put in place of all.
     *
     * @param seen the revision that their author has seen; absent means any
     * @throws PolicyConflict if the policy was changed since
     */
    public List<PolicyChange> diff(Optional<Long> seen, List<PolicyRule> rules) {
        PolicyConflict.refuseStale(seen, revision());
        return PolicyDiff.of(all(), rules);
    }

    /** What a rule said at the end of this second; empty if it was made later. */
    public Optional<PolicyRule> asOf(PolicyRule rule, Instant second) {
        return em.createQuery(
                        "select h from MfaPolicyHistory h where h.realmId = :realm and h.ruleId = :rule"
                                + " and h.changedAt >= :next order by h.revision",
                        HistoryRow.class)
                .setParameter("realm", realmId)
                .setParameter("rule", rule.id())
                .setParameter("next", second.plusSeconds(1).toEpochMilli())
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .flatMap(row -> row.pastChange().change().before());
    }

    /** What was changed in a rule, newest first. */
    public List<PastChange> history(String ruleId) {
        return em.createQuery(
                        "select h from MfaPolicyHistory h where h.realmId = :realm and h.ruleId = :rule"
                                + " order by h.revision desc",
                        HistoryRow.class)
                .setParameter("realm", realmId)
                .setParameter("rule", ruleId)
                .getResultStream()
                .map(HistoryRow::pastChange)
                .toList();
    }

    boolean any(RuleFilter filter) {
        TypedQuery<Long> count =
                em.createQuery("select count(r) from MfaRule r where r.realmId = :realm" + filter.where(), Long.class);
        filter.parameters().forEach(count::setParameter);
        return count.setParameter("realm", realmId).getSingleResult() > 0;
    }

    /** Whether a rule may have this name in its text. */
    boolean mentions(String name) {
        return em.createQuery(
                                "select count(r) from MfaRule r where r.realmId = :realm and locate(:name, r.document) > 0",
                                Long.class)
                        .setParameter("realm", realmId)
                        .setParameter("name", RuleJson.inside(name))
                        .getSingleResult()
                > 0;
    }

    /** Forgets everything about a realm that is being removed. */
    void forgetRealm() {
        for (String entity : List.of("MfaRule", "MfaPolicyHistory", "MfaPolicyRevision")) {
            em.createQuery("delete from " + entity + " e where e.realmId = :realm")
                    .setParameter("realm", realmId)
                    .executeUpdate();
        }
    }

    /** Rules of which nothing stays in the session: over all users there may be a hundred thousand. */
    private List<PolicyRule> passing(String where, Map<String, ?> parameters) {
        List<RuleRow> rows = bound(
                        em.createQuery("select r from MfaRule r where r.realmId = :realm" + where, RuleRow.class),
                        parameters)
                .getResultList();
        rows.forEach(em::detach);
        return rows.stream().map(RuleRow::rule).toList();
    }

    private List<PolicyRule> rules(String where, Map<String, ?> parameters) {
        return bound(
                        em.createQuery("select r from MfaRule r where r.realmId = :realm" + where, RuleRow.class),
                        parameters)
                .getResultStream()
                .map(RuleRow::rule)
                .toList();
    }

    private TypedQuery<RuleRow> bound(TypedQuery<RuleRow> query, Map<String, ?> parameters) {
        query.setParameter("realm", realmId);
        parameters.forEach(query::setParameter);
        return query;
    }
}
