package io.sallyport.audit.store;

import jakarta.persistence.EntityManager;
import java.util.List;

/** By which rows of the trail are found for one organization; no part of the trail, only of its finding. */
public final class AuditTenants {

    private AuditTenants() {}

    /** In the transaction of the row, which Keycloak sees: it would not see what a statement inserts by itself. */
    public static void keep(EntityManager em, AuditRecord says) {
        List<String> tenants = says.tenant().stream()
                .flatMap(ids -> List.of(ids.split(" ")).stream())
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
        for (String tenant : tenants) {
            em.createNativeQuery(
                            "INSERT INTO MFA_AUDIT_TENANT (REALM_ID, TENANT_ID, TIMESTAMP, EVENT_ID) VALUES (?, ?, ?, ?)")
                    .setParameter(1, says.realmId())
                    .setParameter(2, tenant)
                    .setParameter(3, says.time().toEpochMilli())
                    .setParameter(4, says.eventId())
                    .executeUpdate();
        }
    }
}
