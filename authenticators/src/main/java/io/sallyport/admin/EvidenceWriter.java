package io.sallyport.admin;

import io.sallyport.event.AuditQuery;
import io.sallyport.event.AuditReader;
import io.sallyport.policy.store.PolicyPast;
import io.sallyport.policy.store.RuleStore;
import io.sallyport.population.coverage.Coverage;
import io.sallyport.population.coverage.CoverageDays;
import io.sallyport.population.coverage.State;
import io.sallyport.provider.DatabaseClock;
import io.sallyport.provider.KeycloakClock;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Writes an evidence packet, file by file, and at its end the realm's signature over all of them. */
final class EvidenceWriter {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Period period;
    private final AuditReader trail;
    private final Instant now;

    EvidenceWriter(KeycloakSession session, RealmModel realm, Period period) {
        this.session = session;
        this.realm = realm;
        this.period = period;
        this.trail = session.getProvider(AuditReader.class);
        this.now = DatabaseClock.now(session);
    }

    /**
     * Writes it.
     *
     * @param head what the manifest says besides the files
     */
    void write(OutputStream output, Map<String, Object> head) throws IOException {
        EvidencePacket packet = new EvidencePacket(output, now);
        EvidenceContents policy = new EvidenceContents(new PolicyPast(session, realm), period);
        Coverage coverage = new Coverage(session, realm, KeycloakClock.now());
        packet.add("README.txt", EvidenceWriter::readme);
        packet.add("policy/policy.json", policy::policy);
        packet.add("policy/rule-changes.ndjson", policy::ruleChanges);
        packet.add("policy/action-changes.ndjson", policy::actionChanges);
        packet.add("policy/exceptions.csv", policy::exceptions);
        packet.add("policy/settings.json", to -> EvidenceContents.json(to, settings()));
        packet.add("coverage/end.json", to -> EvidenceContents.json(to, coverageAtTheEnd()));
        packet.add("coverage/now.json", to -> EvidenceContents.json(to, now(coverage)));
        packet.add("coverage/missing-now.csv", to -> missing(coverage, to));
        packet.add("trail/period.csv", this::period);
        packet.add("trail/trail.ndjson", to -> trail.export(realm.getId(), new JsonLines(to)::write));
        packet.add("manifest.jws", to -> EvidenceContents.write(to, signed(head, packet)));
        packet.finish();
    }

    private static void readme(OutputStream to) throws IOException {
        try (InputStream text = Objects.requireNonNull(
                EvidenceWriter.class.getResourceAsStream("evidence-readme.txt"), "the readme is in the JAR")) {
            text.transferTo(to);
        }
    }

    private Map<String, Object> settings() {
        Map<String, String> stored = RealmSettings.stored(session, realm);
        Map<String, Object> settings = new LinkedHashMap<>();
        Setting.all().forEach(key -> settings.put(key.name(), stored.getOrDefault(key.name(), key.defaultText())));
        return settings;
    }

    private Map<String, Object> coverageAtTheEnd() {
        return new CoverageDays(session, realm)
                .last(period.from(), period.last())
                .orElseGet(() -> Map.of("at", "never: coverage was not counted in this period"));
    }

    private Map<String, Object> now(Coverage coverage) {
        Map<String, Object> totals = new LinkedHashMap<>();
        totals.put("at", now.toString());
        totals.putAll(coverage.totals().asMap());
        return totals;
    }

    private static void missing(Coverage coverage, OutputStream to) {
        CsvLines lines = new CsvLines(to);
        lines.write(CoveredView.COLUMNS);
        coverage.each(State.MISSING, one -> lines.write(CoveredView.cells(one)));
    }

    private void period(OutputStream to) {
        AuditQuery rows = new AuditQuery(
                Map.of(), Optional.of(period.from()), Optional.of(period.end()), Optional.empty(), AuditQuery.MAX);
        EvidenceContents.write(to, AuditTable.head());
        new AuditTable(trail, realm.getId()).rows(rows, line -> EvidenceContents.write(to, line));
    }

    private String signed(Map<String, Object> head, EvidencePacket packet) {
        Map<String, Object> manifest = new LinkedHashMap<>(head);
        manifest.put("realm_id", realm.getId());
        manifest.put("realm", realm.getName());
        manifest.put("from", period.from().toString());
        manifest.put("to", period.end().toString());
        manifest.put("time", now.toString());
        manifest.put("time_source", "database");
        manifest.put("policy_version", new RuleStore(session, realm).revision());
        trail.checkpoint(realm.getId()).ifPresent(jws -> manifest.put("checkpoint", jws));
        manifest.put("files", packet.files());
        return trail.evidence(realm.getId(), JsonText.of(manifest));
    }
}
