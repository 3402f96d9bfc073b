package io.sallyport.population;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.jpa.HibernateHints;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Keycloak's own tables (26.7), read as scalars only: no entity is loaded, so nothing piles up in the session.
 *
 * <p>What is about users is read by ranges of ids as the database orders them. A list of a thousand ids would be a new
 * statement for every length, and comparing ids here would assume an order that the database need not have.
 */
final class Tables {

    /** Before every id: a blank and not an empty text, which Oracle takes for no text at all. */
    static final String FIRST = " ";

    private static final int FETCH_SIZE = 5_000;

    private static final String PEOPLE =
            " u.realmId = :realm and u.enabled = true and u.serviceAccountClientLink is null"
                    + " and u.id > :after and u.id <= :last";

    private final EntityManager em;
    private final String realmId;

    Tables(KeycloakSession session, RealmModel realm) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realmId = realm.getId();
    }

    /** Rows of two columns of the whole realm, gathered by the first one. */
    Map<String, Set<String>> pairs(String query) {
        return gathered(ofRealm(query, Object[].class));
    }

    /** Rows of the whole realm. */
    <T> TypedQuery<T> ofRealm(String query, Class<T> type) {
        return em.createQuery(query, type)
                .setParameter("realm", realmId)
                // Keycloak's own size makes a round trip of every hundred rows
                .setHint(HibernateHints.HINT_FETCH_SIZE, FETCH_SIZE);
    }

    /**
     * What people of a range have, gathered by their ids.
     *
     * @param table the table, later {@code x}, of rows about a user
     * @param column what they have
     * @param where more that must hold
     */
    Map<String, Set<String>> ofPeople(String table, String column, String where, String after, String last) {
        return gathered(ofRealm(
                        "select u.id, x." + column + " from " + table + " x join x.user u where" + PEOPLE + where,
                        Object[].class)
                .setParameter("after", after)
                .setParameter("last", last));
    }

    private static Map<String, Set<String>> gathered(TypedQuery<Object[]> query) {
        List<Object[]> rows = query.getResultList();
        Map<String, Set<String>> gathered = new HashMap<>();
        rows.forEach(row -> gathered.computeIfAbsent((String) row[0], key -> new HashSet<>())
                .add((String) row[1]));
        return gathered;
    }
}
