package io.sallyport.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.event.AuditPage;
import io.sallyport.event.AuditQuery;
import io.sallyport.event.AuditReader;
import io.sallyport.event.Csv;
import io.sallyport.event.Detail;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Trail;
import io.sallyport.policy.store.RuleStore;
import io.sallyport.provider.DatabaseClock;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** One export, written page by page and never held; at its end the trail keeps what was handed out. */
final class AuditExport {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> COLUMNS = List.of(
            "position",
            "timestamp",
            "event_id",
            "event_code",
            "event_type",
            "outcome",
            "reason",
            "user_id",
            "actor",
            "tenant",
            "client_id",
            "session_id",
            "ip",
            "user_agent",
            "method",
            "attempt",
            "rule",
            "policy_version",
            "correlation_id",
            "realm_id",
            "details");

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Administrator caller;
    private final String id;
    private final AuditQuery query;
    private final AuditReader reader;
    private final CountedOutput output;
    private final Map<String, Object> manifest = new LinkedHashMap<>();

    AuditExport(
            KeycloakSession session,
            RealmModel realm,
            Administrator caller,
            String id,
            AuditQuery query,
            OutputStream output) {
        this.session = session;
        this.realm = realm;
        this.caller = caller;
        this.id = id;
        this.query = query;
        this.reader = session.getProvider(AuditReader.class);
        this.output = new CountedOutput(output);
        manifest.put("export", id);
        manifest.put("realm_id", realm.getId());
    }

    /** The whole trail as the verifier wants it; its last line is the manifest. */
    void sealed() {
        manifest.put("format", "ndjson");
        JsonLines lines = new JsonLines(output);
        reader.export(realm.getId(), line -> {
            lines.write(line);
            if (line.containsKey("row")) {
                output.row();
            }
            if (line.get("position") instanceof Long position) {
                manifest.putIfAbsent("first", position);
                manifest.put("last", position);
            }
        });
        lines.write(Map.of("manifest", reader.manifest(realm.getId(), kept())));
        lines.flush();
    }

    /** Rows for people, the newest first. */
    void csv() {
        manifest.put("format", "csv");
        manifest.put("filters", AuditReading.wanted(query));
        output.text(Csv.line(COLUMNS));
        AuditPage page = reader.read(realm.getId(), query);
        write(page);
        while (page.next().isPresent()) {
            page = reader.read(realm.getId(), query.after(page.next().get()));
            write(page);
        }
        kept();
        output.flush();
    }

    private void write(AuditPage page) {
        for (Map<String, Object> row : page.rows()) {
            output.text(
                    Csv.line(COLUMNS.stream().map(name -> cell(row.get(name))).toList()));
            output.row();
        }
    }

    /** What was handed out, on the record before whoever reads it sees the end. */
    private String kept() {
        manifest.put("rows", output.rows());
        manifest.put("bytes", output.bytes());
        manifest.put("sha256", output.sha256());
        manifest.put(
                "time",
                DatabaseClock.now(
                                session.getProvider(JpaConnectionProvider.class).getEntityManager())
                        .toString());
        manifest.put("time_source", "database");
        manifest.put("policy_version", new RuleStore(session, realm).revision());
        reader.checkpoint(realm.getId()).ifPresent(jws -> manifest.put("checkpoint", jws));
        String payload = json(manifest);
        Trail.recordFirst(
                session,
                realm,
                AuditReading.event(MfaEventType.AUDIT_EXPORTED, caller, query)
                        .with(Detail.EXPORT, id)
                        .with(Detail.ROWS, String.valueOf(output.rows()))
                        .with(Detail.MANIFEST, payload));
        return payload;
    }

    private static String cell(@Nullable Object value) {
        return value == null ? "" : value instanceof Map ? json(value) : String.valueOf(value);
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("maps of texts and numbers are always JSON", impossible);
        }
    }
}
