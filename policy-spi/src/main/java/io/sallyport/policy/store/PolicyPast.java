package io.sallyport.policy.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.hibernate.jpa.HibernateHints;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * What a realm's policy said then, and who changed it in between. Rules are told as the texts that are stored, with the ids
 * of groups, organizations and users: so also those can be shown that can't be read any more.
 */
public final class PolicyPast {

    /** Without a size the driver of PostgreSQL reads all rows at once. */
    private static final int FETCH_SIZE = 500;

    private final EntityManager em;
    private final String realmId;

    /** In the session's transaction. */
    public PolicyPast(KeycloakSession session, RealmModel realm) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realmId = realm.getId();
    }

    /**
     * The rules that there were at this instant, as JSON by their ids: those of now, with all that was changed since undone,
     * newest first.
     */
    public Map<String, String> rulesAt(Instant end) {
        Map<String, String> rules = new TreeMap<>();
        each(
                em.createQuery("select r from MfaRule r where r.realmId = :realm", RuleRow.class),
                row -> rules.put(row.id(), row.document()));
        each(
                em.createQuery(
                                "select h from MfaPolicyHistory h where h.realmId = :realm and h.changedAt > :end"
                                        + " order by h.revision desc",
                                HistoryRow.class)
                        .setParameter("end", end.toEpochMilli()),
                row -> undo(row.entry(), rules));
        return rules;
    }

    private static void undo(PastRule change, Map<String, String> rules) {
        change.before()
                .ifPresentOrElse(before -> rules.put(change.ruleId(), before), () -> rules.remove(change.ruleId()));
    }

    /** What was changed in rules from the first to the last instant, both included, oldest first. */
    public void changes(Instant from, Instant to, Consumer<PastRule> each) {
        each(
                between(
                        em.createQuery(
                                "select h from MfaPolicyHistory h where h.realmId = :realm"
                                        + " and h.changedAt >= :from and h.changedAt <= :to order by h.revision, h.ruleId",
                                HistoryRow.class),
                        from,
                        to),
                row -> each.accept(row.entry()));
    }

    /** Who made these rules, by their ids, as far as it was somebody: of one that was made again, the last to do so. */
    public Map<String, String> makers(Set<String> rules) {
        Map<String, String> makers = new HashMap<>();
        em.createQuery(
                        "select h.ruleId, h.actor from MfaPolicyHistory h where h.realmId = :realm and h.before is null"
                                + " and h.actor is not null order by h.revision",
                        Object[].class)
                .setParameter("realm", realmId)
                .setHint(HibernateHints.HINT_FETCH_SIZE, FETCH_SIZE)
                .getResultStream()
                .filter(made -> rules.contains(String.valueOf(made[0])))
                .forEach(made -> makers.put(String.valueOf(made[0]), String.valueOf(made[1])));
        return makers;
    }

    /** What was changed in actions from the first to the last instant, both included, oldest first. */
    public List<StoredAction> actionChanges(Instant from, Instant to) {
        return between(
                        em.createQuery(
                                "select a from MfaAction a where a.realmId = :realm"
                                        + " and a.changedAt >= :from and a.changedAt <= :to order by a.changedAt, a.type",
                                ActionRow.class),
                        from,
                        to)
                .setParameter("realm", realmId)
                .getResultStream()
                .map(ActionRow::stored)
                .toList();
    }

    /** The actions that there were at this instant, by type. */
    public List<StoredAction> actionsAt(Instant end) {
        return em.createQuery(
                        "select a from MfaAction a where a.realmId = :realm and a.document is not null and a.version ="
                                + " (select max(b.version) from MfaAction b where b.realmId = a.realmId"
                                + " and b.type = a.type and b.changedAt <= :end) order by a.type",
                        ActionRow.class)
                .setParameter("realm", realmId)
                .setParameter("end", end.toEpochMilli())
                .getResultStream()
                .map(ActionRow::stored)
                .toList();
    }

    private static <T> TypedQuery<T> between(TypedQuery<T> query, Instant from, Instant to) {
        return query.setParameter("from", from.toEpochMilli()).setParameter("to", to.toEpochMilli());
    }

    /** Of what passes here nothing stays in the session. */
    private <T> void each(TypedQuery<T> query, Consumer<T> each) {
        query.setParameter("realm", realmId)
                .setHint(HibernateHints.HINT_FETCH_SIZE, FETCH_SIZE)
                .getResultStream()
                .forEach(row -> {
                    each.accept(row);
                    em.detach(row);
                });
    }

    /**
     * One change of one rule.
     *
     * @param revision the revision of the policy that it led to
     * @param actor id of the administrator; absent if the server did it by itself
     * @param before the rule as JSON before the change; absent if there was none
     * @param after the rule as JSON after it; absent if it was deleted
     */
    public record PastRule(
            long revision,
            String ruleId,
            long version,
            Optional<String> actor,
            String reason,
            Instant at,
            Optional<String> before,
            Optional<String> after) {}
}
