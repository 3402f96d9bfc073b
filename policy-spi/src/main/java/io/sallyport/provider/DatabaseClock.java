package io.sallyport.provider;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** The clock that every TTL and lock goes by, on every node: the database's. */
public final class DatabaseClock {

    private static final String READ = "sallyport.now";

    private DatabaseClock() {}

    /** The same for all that one transaction does, as PostgreSQL has it: it is read once. */
    public static Instant now(KeycloakSession session) {
        return known(session)
                .orElseGet(() -> read(
                        session,
                        now(session.getProvider(JpaConnectionProvider.class).getEntityManager())));
    }

    /** What was read; empty if nothing has asked yet. */
    public static Optional<Instant> known(KeycloakSession session) {
        return Optional.ofNullable(session.getAttribute(READ, Instant.class));
    }

    /** A statement that was needed anyway has read it along, as {@code instant}; of two the later counts. */
    public static Instant read(KeycloakSession session, Instant instant) {
        Instant read = Instant.ofEpochMilli(instant.toEpochMilli());
        Instant now = known(session).filter(read::isBefore).orElse(read);
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
