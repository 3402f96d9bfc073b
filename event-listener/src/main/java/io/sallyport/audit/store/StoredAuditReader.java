package io.sallyport.audit.store;

import io.sallyport.audit.reading.TrailPages;
import io.sallyport.audit.sealing.Erasure;
import io.sallyport.audit.sealing.SignedManifest;
import io.sallyport.audit.sealing.TrailExport;
import io.sallyport.audit.sealing.TrailPeriod;
import io.sallyport.audit.sealing.TrailProof;
import io.sallyport.audit.sealing.Waiting;
import io.sallyport.event.AuditPage;
import io.sallyport.event.AuditQuery;
import io.sallyport.event.AuditReader;
import io.sallyport.event.RowProof;
import io.sallyport.event.SealingLag;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.hibernate.jdbc.ReturningWork;
import org.keycloak.models.KeycloakSession;

/** Reads the rows of {@code MFA_AUDIT} by the connection of the request's transaction. */
final class StoredAuditReader implements AuditReader {

    private final KeycloakSession session;
    private final EntityManager em;

    StoredAuditReader(KeycloakSession session, EntityManager em) {
        this.session = session;
        this.em = em;
    }

    @Override
    public AuditPage read(String realmId, AuditQuery query) {
        return work(connection -> new TrailPages(connection, realmId).page(query));
    }

    @Override
    public void export(String realmId, Consumer<Map<String, Object>> line) {
        em.unwrap(Session.class).doWork(connection -> new TrailExport(connection, line).write(realmId));
    }

    @Override
    public void export(String realmId, Instant from, Instant end, Consumer<Map<String, Object>> line) {
        em.unwrap(Session.class).doWork(connection -> new TrailPeriod(connection, line).write(realmId, from, end));
    }

    @Override
    public SealingLag sealingLag(String realmId) {
        return work(connection -> Waiting.of(connection, realmId));
    }

    @Override
    public Optional<String> checkpoint(String realmId) {
        return work(connection -> SignedManifest.checkpoint(connection, realmId));
    }

    @Override
    public Optional<RowProof> proof(String realmId, String eventId) {
        return work(connection -> new TrailProof(connection, realmId).of(eventId));
    }

    @Override
    public String manifest(String realmId, String payload) {
        return SignedManifest.of(session, realmId, payload);
    }

    @Override
    public String evidence(String realmId, String payload) {
        return SignedManifest.ofEvidence(session, realmId, payload);
    }

    @Override
    public OptionalInt erase(String realmId, String userId) {
        return work(connection -> new Erasure(connection, realmId).of(userId));
    }

    private <T> T work(ReturningWork<T> work) {
        return em.unwrap(Session.class).doReturningWork(work);
    }
}
