package io.sallyport.audit.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.audit.seal.Cut;
import io.sallyport.audit.seal.Frontier;
import io.sallyport.audit.seal.Hash;
import io.sallyport.audit.seal.JointProof;
import io.sallyport.audit.seal.Proof;
import io.sallyport.audit.store.AuditTable;
import io.sallyport.event.RowProof;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Proofs of single rows of a trail of 700, which has two whole tiles and a part of a third. */
final class TrailProofTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final int ROWS = 700;

    private final List<Hash> leaves = new ArrayList<>();
    private AuditTable table;
    private Connection connection;

    @BeforeEach
    void aTrail() throws Exception {
        table = new AuditTable();
        connection = table.connect();
        connection.setAutoCommit(false);
        List<Nodes.Node> nodes = new ArrayList<>();
        Frontier frontier = Frontier.empty();
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO MFA_AUDIT (EVENT_ID, EVENT_CODE, EVENT_TYPE, REALM_ID, OUTCOME, CORRELATION_ID, DETAILS, TIMESTAMP,"
                        + " LEAF_POSITION, LEAF_HASH) VALUES (?, 10099, 'auth.mfa_failed', 'r', 'FAILURE', 'c', '{}', 1, ?, ?)")) {
            for (int at = 0; at < ROWS; at++) {
                leaves.add(Hash.node(at == 0 ? Hash.empty() : leaves.get(at - 1), Hash.empty()));
                insert.setString(1, event(at));
                insert.setLong(2, at);
                insert.setString(3, leaves.get(at).toString());
                insert.executeUpdate();
                frontier.append(leaves.get(at), (level, index, root) -> nodes.add(new Nodes.Node(level, index, root)));
            }
        }
        new Nodes(connection, "r")
                .save(nodes.stream()
                        .filter(node -> Nodes.Node.isKept(node.level()))
                        .toList());
        SignedCheckpoint signed = new SignedCheckpoint(ROWS, NOON, NOON, "signed");
        new Trees(connection).save(new Tree("r", ROWS, frontier.toString(), Optional.of(signed), ROWS, NOON));
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
        table.close();
    }

    @Test
    void everyRowHasItsProof() throws SQLException {
        for (int at = 0; at < ROWS; at++) {
            RowProof proof = proof(at).orElseThrow();

            assertThat(proof.path()).isEqualTo(path(at));
            assertThat(proof.size()).isEqualTo(ROWS);
            assertThat(proof.checkpoint()).isEqualTo("signed");
            assertThat(proof.line()).containsEntry("position", (long) at);
        }
    }

    @Test
    void whatIsKeptSparesTheRowsOfOtherTiles() throws SQLException {
        sql("DELETE FROM MFA_AUDIT WHERE LEAF_POSITION < 256");

        assertThat(proof(300).orElseThrow().path()).isEqualTo(path(300));
    }

    @Test
    void aTrailThatWasSealedBeforeRootsWereKeptIsProvedByItsRows() throws SQLException {
        sql("DELETE FROM MFA_AUDIT_NODE");

        for (int at : List.of(0, 255, 256, 511, 512, 699)) {
            assertThat(proof(at).orElseThrow().path()).isEqualTo(path(at));
        }
    }

    @Test
    void rowsThatWereRemovedAreStoodForByTheirCut() throws SQLException {
        Frontier gone = Frontier.empty();
        leaves.subList(0, 333).forEach(gone::append);
        new Cuts(connection).save(new Cut("r", gone, NOON), "signed");
        sql("DELETE FROM MFA_AUDIT WHERE LEAF_POSITION < 333");
        sql("DELETE FROM MFA_AUDIT_NODE");

        for (int at : List.of(333, 334, 511, 512, 699)) {
            assertThat(proof(at).orElseThrow().path()).isEqualTo(path(at));
        }
    }

    @Test
    void whereARowBesideItIsMissingThereIsNone() throws SQLException {
        sql("DELETE FROM MFA_AUDIT WHERE LEAF_POSITION = 600");

        assertThat(proof(601)).isEmpty();
        assertThat(proof(0)).as("the last tile is not whole, so it is needed").isEmpty();
    }

    @Test
    void whatIsNotSignedForYetHasNone() throws SQLException {
        sql("UPDATE MFA_AUDIT_TREE SET SIGNED_LEAVES = 600");

        assertThat(proof(600)).isEmpty();
        assertThat(proof(599).orElseThrow().path()).isEqualTo(texts(Proof.ofInclusion(leaves.subList(0, 600), 599)));
        sql("UPDATE MFA_AUDIT SET LEAF_POSITION = NULL WHERE LEAF_POSITION = 5");
        assertThat(proof(5)).isEmpty();
    }

    @Test
    @DisplayName("AUD-05: the rows of some time come with what shows that they are in what is signed")
    void theRowsOfSomeTimeAreProvedTogether() throws SQLException {
        sql("UPDATE MFA_AUDIT SET TIMESTAMP = LEAF_POSITION");
        sql("UPDATE MFA_AUDIT SET TIMESTAMP = 310 WHERE LEAF_POSITION = 690");

        List<Map<String, Object>> lines = period(300, 320);

        assertThat(lines).hasSize(1 + 21 + 1).first().isEqualTo(Map.of("checkpoint", "signed"));
        assertThat(shows(lines)).isTrue();
        assertThat(proofIn(lines).orElseThrow().others()).hasSizeLessThan(25);
        assertThat(shows(period(0, ROWS))).isTrue();
        sql("UPDATE MFA_AUDIT SET LEAF_HASH = '" + Hash.empty() + "' WHERE LEAF_POSITION = 299");
        assertThat(shows(period(300, 320))).as("a forged hash beside them").isFalse();
    }

    @Test
    void ofTheRowsOfSomeTimeThatCantBeProvedThereIsNoProof() throws SQLException {
        sql("UPDATE MFA_AUDIT SET TIMESTAMP = LEAF_POSITION");
        sql("DELETE FROM MFA_AUDIT WHERE LEAF_POSITION = 600");
        assertThat(proofIn(period(601, 605))).isEmpty();
        assertThat(proofIn(period(5000, 6000))).isEmpty();

        sql("UPDATE MFA_AUDIT_TREE SET SIGNED_LEAVES = 500");
        assertThat(period(500, 502).stream().skip(1))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).containsOnlyKeys("row"));
        sql("DELETE FROM MFA_AUDIT_TREE");
        assertThat(period(0, 2)).hasSize(2).allSatisfy(line -> assertThat(line).containsOnlyKeys("row"));
    }

    private List<Map<String, Object>> period(long from, long end) throws SQLException {
        List<Map<String, Object>> lines = new ArrayList<>();
        new TrailPeriod(connection, lines::add).write("r", Instant.ofEpochMilli(from), Instant.ofEpochMilli(end));
        return lines;
    }

    private boolean shows(List<Map<String, Object>> lines) {
        SortedMap<Long, Hash> rows = new TreeMap<>();
        lines.stream()
                .map(line -> line.get("position"))
                .filter(Long.class::isInstance)
                .map(Long.class::cast)
                .forEach(position -> rows.put(position, leaves.get(position.intValue())));
        Frontier tree = Frontier.empty();
        leaves.forEach(tree::append);
        return proofIn(lines).orElseThrow().includes(rows, ROWS, tree.root());
    }

    private static Optional<JointProof> proofIn(List<Map<String, Object>> lines) {
        return lines.stream()
                .filter(line -> line.get("proof") instanceof List<?>)
                .map(line -> ((List<?>) Objects.requireNonNull(line.get("proof")))
                        .stream().map(hash -> Hash.parse(String.valueOf(hash))).toList())
                .map(JointProof::new)
                .findFirst();
    }

    @Test
    void anotherRealmsRowIsNotThere() throws SQLException {
        assertThat(new TrailProof(connection, "other").of(event(1))).isEmpty();
        assertThat(new TrailProof(connection, "r").of("none")).isEmpty();
    }

    private Optional<RowProof> proof(int at) throws SQLException {
        return new TrailProof(connection, "r").of(event(at));
    }

    private List<String> path(int at) {
        return texts(Proof.ofInclusion(leaves, at));
    }

    private static List<String> texts(Proof proof) {
        return proof.path().stream().map(Hash::toString).toList();
    }

    private static String event(int at) {
        return "event-" + at;
    }

    private void sql(String statement) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.executeUpdate(statement);
        }
    }
}
