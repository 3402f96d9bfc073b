package io.sallyport.policy.store;

import io.sallyport.policy.rules.PolicyRule;
import jakarta.persistence.EntityManager;
import java.util.Optional;
import java.util.function.Consumer;
import org.hibernate.jpa.HibernateHints;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The rules of a realm that take a requirement back; one that can't be read requires MFA, and is none of them. */
public final class Exceptions {

    private static final RuleFilter ALL =
            new RuleFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), true);

    /** Without a size the driver of PostgreSQL reads all rows at once. */
    private static final int FETCH_SIZE = 500;

    private final EntityManager em;
    private final String realmId;

    /** In the session's transaction. */
    public Exceptions(KeycloakSession session, RealmModel realm) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realmId = realm.getId();
    }

    /** One after the other; of what passes here nothing stays in the session. */
    public void each(Consumer<PolicyRule> each) {
        em.createQuery("select r from MfaRule r where r.realmId = :realm" + ALL.where(), RuleRow.class)
                .setParameter("realm", realmId)
                .setHint(HibernateHints.HINT_FETCH_SIZE, FETCH_SIZE)
                .getResultStream()
                .forEach(row -> {
                    readable(row).map(StoredRule::rule).ifPresent(each);
                    em.detach(row);
                });
    }

    /** The rule of an id, with its origin, if there is one and it is an exception. */
    public Optional<StoredRule> find(String id) {
        return Optional.ofNullable(em.find(RuleRow.class, new RuleRow.Key(realmId, id)))
                .flatMap(Exceptions::readable)
                .filter(stored -> stored.rule().isException());
    }

    private static Optional<StoredRule> readable(RuleRow row) {
        try {
            return Optional.of(row.stored());
        } catch (UnreadableRule broken) {
            return Optional.empty();
        }
    }
}
