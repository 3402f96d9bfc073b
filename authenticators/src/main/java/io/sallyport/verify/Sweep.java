package io.sallyport.verify;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import org.hibernate.LockMode;
import org.hibernate.query.SelectionQuery;

/**
 * Removes rows that are over, a few at a time, beside work that somebody waits for. Whatever another transaction holds is left
 * to it: a long one, such as the removal of a realm, must not stop everybody who sweeps.
 */
final class Sweep {

    private static final int MOST = 100;

    private Sweep() {}

    /** Removes some of what the query finds. */
    static <T> void some(EntityManager em, TypedQuery<T> over) {
        over.setMaxResults(MOST);
        over.unwrap(SelectionQuery.class).setHibernateLockMode(LockMode.UPGRADE_SKIPLOCKED);
        over.getResultList().forEach(em::remove);
    }
}
