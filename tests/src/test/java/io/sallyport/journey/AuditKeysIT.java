package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.audit.seal.Checkpoint;
import io.sallyport.audit.seal.Frontier;
import io.sallyport.audit.seal.Hash;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys come and go; a tree that is signed by one that the realm never had is not gone on from. */
@Journey
final class AuditKeysIT {

    private static final String PROVIDER = "org.keycloak.keys.KeyProvider";

    @TempDir
    private Path desk;

    private final PostgresServer server;
    private final Database database;
    private MfaRealm realm;
    private String realmId;
    private Auditor auditor;
    private int changes;

    AuditKeysIT(PostgresServer server) {
        this.server = server;
        this.database = server.keycloak().database();
    }

    @BeforeEach
    void aRealmWithRows() {
        realm = MfaRealm.strict(server.keycloak());
        realmId = realm.admin().get(realm.name()).path("id").asText();
        auditor = new Auditor(realm, desk);
        event();
        auditor.awaitSealed();
    }

    @Test
    @DisplayName(
            "AUD-05: who changes a row, hashes all again and signs the tree with a key of his own gets nothing signed upon it")
    void aTreeByAKeyThatNobodyKnows() throws Exception {
        String leaf = column("LEAF_HASH").get(0);
        String outcome = column("OUTCOME").get(0);
        database.update("UPDATE MFA_AUDIT SET OUTCOME = 'FORGED' WHERE REALM_ID = ? AND LEAF_POSITION = 0", realmId);
        hash(auditor.hashOfRow(0));
        auditor.awaitSealed(); // that the trail was read is on the record
        Map<String, String> tree = tree();
        sign(SigningKey.fresh(), tree);

        event();

        awaitRefusal();
        assertThat(waiting()).isNotEmpty();

        database.update("UPDATE MFA_AUDIT SET OUTCOME = ? WHERE REALM_ID = ? AND LEAF_POSITION = 0", outcome, realmId);
        hash(leaf);
        set(tree.get("FRONTIER"), tree.get("JWS"));
        auditor.awaitSealed();
        assertThat(auditor.opinion().answer()).isZero();
    }

    @Test
    @DisplayName("A key that was replaced, disabled and removed in the order of the handbook stops nothing")
    void rotation() {
        List<String> former = keys();
        add("second");
        event();
        auditor.awaitSealed();
        disable(former);
        event();
        auditor.awaitSealed();

        former.forEach(key -> realm.admin().delete(realm.name() + "/components/" + key));

        event();
        auditor.awaitSealed();
    }

    @Test
    @DisplayName("A key that was disabled at once is still known")
    void disabledAtOnce() {
        List<String> former = keys();
        disable(former);
        add("second");

        event();

        auditor.awaitSealed();
    }

    @Test
    @DisplayName(
            "After a key was removed too early nothing is sealed until the operator hands it in, by a file that no SQL writes")
    void removedTooEarly() throws Exception {
        String published = Http.get(URI.create(realm.address() + "/protocol/openid-connect/certs"), Map.of())
                .expect(200)
                .body();
        List<String> former = keys();
        add("second");
        former.forEach(key -> realm.admin().delete(realm.name() + "/components/" + key));
        event();
        awaitRefusal();
        assertThat(waiting()).isNotEmpty();

        Files.writeString(server.formerKeys().resolve(realmId + ".json"), published);

        auditor.awaitSealed();
    }

    private void awaitRefusal() {
        Auditor.await(
                "a refusal in the log",
                () -> server.keycloak()
                        .log()
                        .lines()
                        .anyMatch(line -> line.contains("realm " + realmId + " is not sealed further")
                                && line.contains("UNKNOWN_KEY")));
    }

    private void event() {
        SettingsApi.of(realm)
                .change(Map.of("mfa.claim.ttl", String.valueOf(100 + ++changes)))
                .expect(200);
    }

    private List<Map<String, String>> waiting() {
        return database.rows("SELECT 1 FROM MFA_AUDIT WHERE REALM_ID = ? AND LEAF_POSITION IS NULL", realmId);
    }

    private Map<String, String> tree() {
        return database.rows("SELECT * FROM MFA_AUDIT_TREE WHERE REALM_ID = ?", realmId)
                .get(0);
    }

    private List<String> column(String name) {
        return database
                .rows(
                        "SELECT " + name + " FROM MFA_AUDIT WHERE REALM_ID = ? AND LEAF_POSITION IS NOT NULL"
                                + " ORDER BY LEAF_POSITION",
                        realmId)
                .stream()
                .map(row -> row.get(name))
                .toList();
    }

    private void hash(String leaf) {
        database.update("UPDATE MFA_AUDIT SET LEAF_HASH = ? WHERE REALM_ID = ? AND LEAF_POSITION = 0", leaf, realmId);
    }

    private void sign(SigningKey key, Map<String, String> tree) {
        Frontier frontier = Frontier.empty();
        column("LEAF_HASH").stream().map(Hash::parse).forEach(frontier::append);
        Checkpoint forged = new Checkpoint(
                realmId, frontier.size(), frontier.root(), time(tree, "SIGNED_AT"), time(tree, "COMPLETE_AT"));
        JsonNode payload = Json.read(forged.payload());
        set(frontier.toString(), key.sign(Map.of("alg", "RS256", "typ", Checkpoint.TYPE, "kid", "nobody's"), payload));
    }

    private static Instant time(Map<String, String> tree, String column) {
        return Instant.ofEpochMilli(Long.parseLong(tree.get(column)));
    }

    /** Between two rounds of the sealer: one that has read the tree already would write it back as it was. */
    private void set(String frontier, String jws) {
        database.update(
                "WITH SEALER AS (SELECT ID FROM MFA_AUDIT_SEALER WHERE ID = 1 FOR UPDATE)"
                        + " UPDATE MFA_AUDIT_TREE SET FRONTIER = ?, JWS = ? FROM SEALER WHERE REALM_ID = ?",
                frontier,
                jws,
                realmId);
    }

    /** Those that sign by RSA. */
    private List<String> keys() {
        return components()
                .filter(key -> key.path("providerId").asText().equals("rsa-generated"))
                .map(key -> key.path("id").asText())
                .toList();
    }

    private Stream<JsonNode> components() {
        JsonNode all = realm.admin().get(realm.name() + "/components?type=" + PROVIDER);
        return StreamSupport.stream(all.spliterator(), false);
    }

    private void add(String name) {
        realm.admin()
                .post(
                        realm.name() + "/components",
                        Map.of(
                                "name",
                                name,
                                "providerId",
                                "rsa-generated",
                                "providerType",
                                PROVIDER,
                                "parentId",
                                realmId,
                                "config",
                                Map.of("priority", List.of("1000"))));
    }

    private void disable(List<String> keys) {
        for (String key : keys) {
            JsonNode component = realm.admin().get(realm.name() + "/components/" + key);
            ((ObjectNode) component.path("config")).putArray("enabled").add("false");
            realm.admin().put(realm.name() + "/components/" + key, component);
        }
    }
}
