package io.sallyport.admin;

import io.sallyport.event.AuditFilter;
import io.sallyport.event.AuditPage;
import io.sallyport.event.AuditQuery;
import io.sallyport.event.AuditReader;
import io.sallyport.event.Detail;
import io.sallyport.event.MfaEventType;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What the trail says about an export: one row when it began, and one in the same request when it came to its end. */
final class ExportRecord {

    private final AuditReader reader;
    private final String realmId;

    ExportRecord(KeycloakSession session, RealmModel realm) {
        this.reader = session.getProvider(AuditReader.class);
        this.realmId = realm.getId();
    }

    /** The signed manifest; empty if there is no such export or it broke off. */
    Optional<String> manifest(String id) {
        return find(Map.of(AuditFilter.EVENT_ID, id, AuditFilter.TYPE, exported()))
                .flatMap(begun -> Optional.ofNullable(begun.get("correlation_id")))
                .flatMap(request -> find(
                        Map.of(AuditFilter.CORRELATION_ID, String.valueOf(request), AuditFilter.TYPE, exported()), id));
    }

    private Optional<Map<String, Object>> find(Map<AuditFilter, String> filters) {
        return reader.read(realmId, query(filters)).rows().stream().findFirst();
    }

    /** Whoever calls may give all his requests one correlation id. */
    private Optional<String> find(Map<AuditFilter, String> filters, String id) {
        AuditQuery query = query(filters);
        AuditPage page = reader.read(realmId, query);
        Optional<String> found = in(page, id);
        while (found.isEmpty() && page.next().isPresent()) {
            page = reader.read(realmId, query.after(page.next().get()));
            found = in(page, id);
        }
        return found;
    }

    private static Optional<String> in(AuditPage page, String id) {
        return page.rows().stream()
                .flatMap(row -> row.get("details") instanceof Map<?, ?> details ? Stream.of(details) : Stream.empty())
                .filter(details -> id.equals(details.get(Detail.EXPORT)))
                .map(details -> String.valueOf(details.get(Detail.MANIFEST)))
                .findFirst();
    }

    private static AuditQuery query(Map<AuditFilter, String> filters) {
        return new AuditQuery(filters, Optional.empty(), Optional.empty(), Optional.empty(), AuditQuery.MAX);
    }

    private static String exported() {
        return String.valueOf(MfaEventType.AUDIT_EXPORTED.code());
    }
}
