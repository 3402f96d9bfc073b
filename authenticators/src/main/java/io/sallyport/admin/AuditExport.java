package io.sallyport.admin;

import io.sallyport.event.AuditQuery;
import io.sallyport.event.AuditReader;
import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.policy.store.RuleStore;
import io.sallyport.provider.DatabaseClock;
import java.io.OutputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** One export, written page by page and never held; at its end the trail keeps what was handed out. */
final class AuditExport {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Consumer<MfaEvent> record;
    private final Administrator caller;
    private final String id;
    private final AuditQuery query;
    private final AuditReader reader;
    private final CountedOutput output;
    private final Map<String, Object> manifest = new LinkedHashMap<>();

    /**
     * An export of what a session sees.
     *
     * @param record puts on the record that somebody asked for it
     */
    AuditExport(
            KeycloakSession session,
            RealmModel realm,
            Consumer<MfaEvent> record,
            Administrator caller,
            String id,
            AuditQuery query,
            OutputStream output) {
        this.session = session;
        this.realm = realm;
        this.record = record;
        this.caller = caller;
        this.id = id;
        this.query = query;
        this.reader = session.getProvider(AuditReader.class);
        this.output = new CountedOutput(output);
        manifest.put("export", id);
        manifest.put("realm_id", realm.getId());
    }

    /** The trail with its seals as the verifier wants it, all of it or of some time; its last line is the manifest. */
    void sealed() {
        manifest.put("format", "ndjson");
        JsonLines lines = new JsonLines(output);
        if (query.from().isEmpty() && query.to().isEmpty()) {
            reader.export(realm.getId(), line -> write(lines, line));
        } else {
            manifest.put("filters", AuditReading.wanted(query));
            reader.export(
                    realm.getId(),
                    query.from().orElse(Instant.EPOCH),
                    query.to().orElse(AuditQuery.LAST_TIME),
                    line -> write(lines, line));
        }
        lines.write(Map.of("manifest", kept()));
        lines.flush();
    }

    private void write(JsonLines lines, Map<String, Object> line) {
        lines.write(line);
        if (line.containsKey("row")) {
            output.row();
        }
        if (line.get("position") instanceof Long position) {
            manifest.putIfAbsent("first", position);
            manifest.put("last", position);
        }
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
        manifest.put("time", DatabaseClock.now(session).toString());
        manifest.put("time_source", "database");
        manifest.put("policy_version", new RuleStore(session, realm).revision());
        reader.checkpoint(realm.getId()).ifPresent(jws -> manifest.put("checkpoint", jws));
        String signed = reader.manifest(realm.getId(), JsonText.of(manifest));
        record.accept(AuditReading.event(MfaEventType.AUDIT_EXPORTED, caller, query)
                .with(Detail.EXPORT, id)
                .with(Detail.ROWS, String.valueOf(output.rows()))
                .with(Detail.MANIFEST, signed));
        return signed;
    }
}
