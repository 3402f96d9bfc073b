package io.sallyport.population.coverage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.provider.DatabaseClock;
import io.sallyport.provider.KeycloakClock;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** How a realm's coverage went on from day to day. */
public final class CoverageDays {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() {};
    private static final String ROWS = "select d from MfaCoverageDay d where d.realmId = :realm and d.countedAt ";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final EntityManager em;

    /** In the session's transaction. */
    public CoverageDays(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** The counts from the first instant to the last, both included, oldest first: when each was made, and its numbers. */
    public List<Map<String, Object>> between(Instant from, Instant to) {
        return query(">= :from and d.countedAt <= :to order by d.countedAt")
                .setParameter("from", from.toEpochMilli())
                .setParameter("to", to.toEpochMilli())
                .getResultStream()
                .map(CoverageDays::view)
                .toList();
    }

    /** The last count from the first instant to the last, both included; empty if there is none. */
    public Optional<Map<String, Object>> last(Instant from, Instant to) {
        return query(">= :from and d.countedAt <= :to order by d.countedAt desc")
                .setParameter("from", from.toEpochMilli())
                .setParameter("to", to.toEpochMilli())
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .map(CoverageDays::view);
    }

    /** Ids of the realms that have today's count already. */
    static Set<String> countedToday(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .createQuery("select d.realmId from MfaCoverageDay d where d.day = :today", String.class)
                .setParameter("today", CoverageDayRow.dayOf(DatabaseClock.now(session)))
                .getResultStream()
                .collect(Collectors.toSet());
    }

    /** Counts, and keeps it for today. */
    void count() {
        Map<String, Object> totals =
                new Coverage(session, realm, KeycloakClock.now()).totals().asMap();
        em.persist(new CoverageDayRow(realm.getId(), DatabaseClock.now(session), write(totals)));
        em.flush();
    }

    private TypedQuery<CoverageDayRow> query(String rest) {
        return em.createQuery(ROWS + rest, CoverageDayRow.class).setParameter("realm", realm.getId());
    }

    private static Map<String, Object> view(CoverageDayRow row) {
        try {
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("at", row.countedAt().toString());
            view.putAll(JSON.readValue(row.totals(), OBJECT));
            return view;
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("totals of " + row.countedAt() + " are no JSON", broken);
        }
    }

    private static String write(Map<String, Object> totals) {
        try {
            return JSON.writeValueAsString(totals);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("numbers by their names are always JSON", impossible);
        }
    }
}
