package io.sallyport.admin;

import io.sallyport.event.AuditQuery;
import io.sallyport.event.AuditReader;
import io.sallyport.event.Detail;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Trail;
import io.sallyport.policy.store.RuleStore;
import io.sallyport.provider.DatabaseClock;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** One export, written page by page and never held; at its end the trail keeps what was handed out. */
final class AuditExport {

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
        lines.write(Map.of("manifest", kept()));
        lines.flush();
    }

    /** Rows for people, the newest first. */
    void csv() {
        manifest.put("format", "csv");
        manifest.put("filters", AuditReading.wanted(query));
        output.text(AuditTable.head());
        new AuditTable(reader, realm.getId()).rows(query, line -> {
            output.text(line);
            output.row();
        });
        kept();
        output.flush();
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
        String signed = reader.manifest(realm.getId(), JsonText.of(manifest));
        Trail.recordFirst(
                session,
                realm,
                AuditReading.event(MfaEventType.AUDIT_EXPORTED, caller, query)
                        .with(Detail.EXPORT, id)
                        .with(Detail.ROWS, String.valueOf(output.rows()))
                        .with(Detail.MANIFEST, signed));
        return signed;
    }
}
