package io.sallyport.provider;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** The clock that every TTL and lock goes by, on every node: the database's. */
public final class DatabaseClock {

    private static final String READ = "sallyport.now";

    private DatabaseClock() {}

    /** The same for all that one transaction does, as PostgreSQL has it: it is read once. */
    public static Instant now(KeycloakSession session) {
        Instant read = session.getAttribute(READ, Instant.class);
        if (read != null) {
            return read;
        }
        return read(
                session, now(session.getProvider(JpaConnectionProvider.class).getEntityManager()));
    }

    /** A statement that was needed anyway has read it along, as {@code instant}. */
    public static Instant read(KeycloakSession session, Instant instant) {
        Instant now = Instant.ofEpochMilli(instant.toEpochMilli());
        session.setAttribute(READ, now);
        return now;
    }

    /** The time of the database, to the millisecond. */
    public static Instant now(EntityManager em) {
        return Instant.ofEpochMilli(em.createQuery("select instant", Instant.class)
                .getSingleResult()
                .toEpochMilli());
    }
}
