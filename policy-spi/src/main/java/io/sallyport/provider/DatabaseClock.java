package io.sallyport.provider;

import jakarta.persistence.EntityManager;
import java.time.Instant;

/** The clock that every TTL and lock goes by, on every node: the database's. */
public final class DatabaseClock {

    private DatabaseClock() {}

    /** The time of the database, to the millisecond. */
    public static Instant now(EntityManager em) {
        return Instant.ofEpochMilli(em.createQuery("select instant", Instant.class)
                .getSingleResult()
                .toEpochMilli());
    }
}
