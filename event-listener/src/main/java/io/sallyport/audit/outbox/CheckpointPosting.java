package io.sallyport.audit.outbox;

import io.sallyport.audit.store.OutboxRow;
import io.sallyport.event.MfaEventType;
import jakarta.persistence.EntityManager;
import java.util.Map;
import java.util.UUID;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Puts a checkpoint of the trail into the outbox: it is told like an event, and is none, for it is about the trail itself. */
public final class CheckpointPosting {

    private CheckpointPosting() {}

    /** One row for each sink and addressee that want it, in the transaction in which the checkpoint is kept. */
    public static void post(KeycloakSession session, String realmId, long leaves) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        String id = UUID.randomUUID().toString();
        Wish.of(session, realmId, MfaEventType.AUDIT_CHECKPOINT, Map.of())
                .forEach(
                        wish -> em.persist(OutboxRow.ofCheckpoint(realmId, leaves, id, wish.sink(), wish.addressee())));
    }
}
