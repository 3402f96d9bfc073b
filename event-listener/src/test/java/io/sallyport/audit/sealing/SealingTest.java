package io.sallyport.audit.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.audit.seal.Checkpoint;
import io.sallyport.audit.seal.Cut;
import io.sallyport.audit.seal.Frontier;
import io.sallyport.audit.seal.Hash;
import io.sallyport.audit.store.AuditTable;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SealingTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final Pen pen = new Pen();
    private AuditTable table;
    private Connection connection;

    @BeforeEach
    void connect() throws Exception {
        table = new AuditTable();
        connection = table.connect();
        connection.setAutoCommit(false);
    }

    @AfterEach
    void close() throws Exception {
        connection.rollback();
        connection.close();
        table.close();
    }

    @Test
    void rowsGetTheirPlacesByTimeAndTheRootIsThatOfTheirLeaves() throws Exception {
        write("third", 30);
        write("first", 10);
        write("second", 20);

        assertThat(seal(NOON).rows()).isEqualTo(3);

        assertThat(column("REASON")).containsExactly("first", "second", "third");
        assertThat(pen.last).isEqualTo(new Checkpoint("r", 3, root(), NOON, NOON));
    }

    @Test
    void rootsOfWholeTilesAreKeptAndReplacedWhereATrailGrowsAgain() throws Exception {
        for (int at = 0; at < 257; at++) {
            write("row", at);
        }
        seal(NOON);
        assertThat(new Nodes(connection, "r").tile(8, 0)).containsExactly(Map.entry(0L, firstTile()));

        sql("DELETE FROM MFA_AUDIT_TREE");
        sql("UPDATE MFA_AUDIT SET LEAF_POSITION = NULL, REASON = 'another'");
        seal(NOON.plusSeconds(1));

        assertThat(new Nodes(connection, "r").tile(8, 0)).containsExactly(Map.entry(0L, firstTile()));
    }

    @Test
    void aRowThatComesLateIsNotLeftOut() throws Exception {
        write("late", 10);
        write("early", 20);
        assertThat(seal(NOON).rows()).isEqualTo(2);
        write("dated before them", 5);

        assertThat(seal(NOON.plusSeconds(1)).rows()).isEqualTo(1);

        assertThat(column("REASON")).last().isEqualTo("dated before them");
        assertThat(pen.last.root()).isEqualTo(root());
    }

    @Test
    void anotherNodeWaitsForItsTurn() throws Exception {
        write("a", 1);
        try (Connection other = table.connect()) {
            other.setAutoCommit(false);
            assertThat(new Trees(other).lock()).isTrue();

            assertThat(seal(NOON)).isEqualTo(Sealing.Batch.NONE);

            other.rollback();
            assertThat(seal(NOON).rows()).isEqualTo(1);
        }
    }

    @Test
    void whatIsNotCommittedNeverHappened() throws Exception {
        write("a", 1);
        new Sealing(connection, pen, INTERVAL, new SecureRandom()).seal("r", NOON);
        connection.rollback();

        assertThat(column("REASON")).isEmpty();
        assertThat(seal(NOON).rows()).isEqualTo(1);
        assertThat(pen.last.size()).isEqualTo(1);
    }

    @Test
    void aClockThatGoesBackTakesNoCheckpointWithIt() throws Exception {
        write("a", 1);
        seal(NOON);
        write("b", 2);

        seal(NOON.minusSeconds(3600));

        assertThat(pen.last.time()).isEqualTo(NOON);
    }

    @Test
    void checkpointsAreKeptOnceInAnIntervalAndTheLastOneIsNotForgotten() throws Exception {
        write("a", 1);
        assertThat(seal(NOON).letOut().map(SignedCheckpoint::jws)).contains("signed " + pen.last.payload());
        write("b", 2);
        assertThat(seal(NOON.plusSeconds(1)).letOut().map(SignedCheckpoint::jws))
                .isEmpty();
        assertThat(due(NOON.plusSeconds(59))).isEmpty();
        assertThat(due(NOON.plusSeconds(60))).containsExactly("r");

        Optional<String> out = seal(NOON.plusSeconds(60)).letOut().map(SignedCheckpoint::jws);

        assertThat(out)
                .contains(
                        "signed " + new Checkpoint("r", 2, root(), NOON.plusSeconds(1), NOON.plusSeconds(1)).payload());
        assertThat(due(NOON.plusSeconds(999))).isEmpty();
        assertThat(seal(NOON.plusSeconds(999))).isEqualTo(Sealing.Batch.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FRONTIER = 'bjQLnP-zepicpUTmu3gKLHiQHT-zNzh2hRGjBhevoB0'",
                "SIGNED_AT = 1",
                "COMPLETE_AT = 1",
                "JWS = NULL",
                "LEAVES = 0, FRONTIER = ''"
            })
    void aTreeThatTheRealmDidNotSignIsNotSignedFurther(String change) throws Exception {
        write("a", 1);
        seal(NOON);
        write("b", 2);
        sql("UPDATE MFA_AUDIT_TREE SET " + change);

        assertThat(seal(NOON.plusSeconds(1))).isEqualTo(Sealing.Batch.NONE);

        assertThat(column("REASON")).containsExactly("a");
    }

    /** Who forges a tree by SQL names a key that there never was, and would have the realm sign what follows from it. */
    @Test
    @DisplayName("AUD-05: a tree that is signed by a key that nobody knows is not signed further")
    void aTreeByAKeyThatNobodyKnowsIsNotSignedFurther() throws Exception {
        write("a", 1);
        seal(NOON);
        String before = treeJws();
        write("b", 2);
        sql("UPDATE MFA_AUDIT_TREE SET JWS = '" + before.replace("signed", "foreign") + "'");

        assertThat(seal(NOON.plusSeconds(1))).isEqualTo(Sealing.Batch.NONE);
        assertThat(column("REASON")).containsExactly("a");

        sql("UPDATE MFA_AUDIT_TREE SET JWS = '" + before + "'");
        assertThat(seal(NOON.plusSeconds(1)).rows()).isEqualTo(1);
    }

    @Test
    @DisplayName("AUD-05: a trail that somebody began again by SQL is told from the one before it")
    void aTrailThatBeganAgainIsAnother() throws Exception {
        write("a", 1);
        seal(NOON);
        write("b", 2);
        seal(NOON.plusSeconds(1));
        String told = pen.tree(treeJws()).orElseThrow();
        assertThat(pen.trees.values()).containsOnly(told);

        sql("DELETE FROM MFA_AUDIT_TREE");
        sql("DELETE FROM MFA_AUDIT_CHECKPOINT");
        sql("UPDATE MFA_AUDIT SET LEAF_POSITION = NULL, LEAF_HASH = NULL, SUBJECT_SALT = NULL, ACTOR_SALT = NULL");
        seal(NOON.plusSeconds(2));

        assertThat(pen.tree(treeJws())).isPresent().get().isNotEqualTo(told);
    }

    @Test
    @DisplayName("AUD-05: a trail that a node of an older version signed for a while is told as before")
    void aTrailThatAnOlderNodeSignedIsTheSame() throws Exception {
        write("a", 1);
        seal(NOON);
        write("b", 2);
        seal(NOON.plusSeconds(90));
        String told = pen.tree(treeJws()).orElseThrow();
        write("c", 3);
        seal(NOON.plusSeconds(91));
        pen.trees.remove(treeJws());

        write("d", 4);
        seal(NOON.plusSeconds(92));

        assertThat(pen.tree(treeJws())).contains(told);
    }

    @Test
    @DisplayName(
            "AUD-05: a trail that was begun again does not take its name from a checkpoint that the realm did not sign")
    void aNameThatTheRealmDidNotSignIsNone() throws Exception {
        write("a", 1);
        seal(NOON);
        write("b", 2);
        seal(NOON.plusSeconds(90));
        String kept = new Trees(connection).kept("r").get(0);
        String forged = kept.replace("signed", "foreign");
        pen.trees.put(forged, "another");
        pen.trees.remove(treeJws());
        pen.trees.keySet().removeIf(jws -> jws.startsWith("signed"));
        sql("UPDATE MFA_AUDIT_CHECKPOINT SET JWS = '" + forged + "'");

        write("c", 3);
        seal(NOON.plusSeconds(92));

        assertThat(pen.tree(treeJws())).isPresent().get().isNotEqualTo("another");
    }

    @Test
    void rowsOfARealmThatIsGoneAreSealedWithoutASignature() throws Exception {
        write("a", 1);
        seal(NOON);
        write("b", 2);
        pen.gone = true;

        assertThat(seal(NOON.plusSeconds(90)).letOut().map(SignedCheckpoint::jws))
                .isEmpty();

        assertThat(column("REASON")).containsExactly("a", "b");
        assertThat(due(NOON.plusSeconds(999))).isEmpty();
    }

    @Test
    void manyRowsAreSealedBatchByBatch() throws Exception {
        for (int number = 0; number <= Sealing.BATCH; number++) {
            write("row", number);
        }

        assertThat(seal(NOON).rows()).isEqualTo(Sealing.BATCH);
        assertThat(pen.last.completeAt()).isEqualTo(Instant.EPOCH);
        assertThat(seal(NOON).rows()).isEqualTo(1);
        assertThat(pen.last).isEqualTo(new Checkpoint("r", Sealing.BATCH + 1, root(), NOON, NOON));
    }

    @Test
    void anErasedPersonLeavesTheLeaf() throws Exception {
        write("a", 1);
        write("b", 2);
        sql("UPDATE MFA_AUDIT SET USER_ID = 'u', ACTOR_ID = REASON");
        assertThat(new Erasure(connection, "r").of("u")).isEmpty();
        seal(NOON);
        List<Map<String, Object>> before = export();

        assertThat(new Erasure(connection, "r").of("u")).hasValue(2);
        assertThat(new Erasure(connection, "r").of("a")).hasValue(1);
        assertThat(new Erasure(connection, "r").of("a")).hasValue(0);

        assertThat(extracted(export(), "leaf_hash")).isEqualTo(extracted(before, "leaf_hash"));
        assertThat(export())
                .element(0)
                .asString()
                .contains("actor_hash", "subject_hash")
                .doesNotContain("correlation_id");
        assertThat(export())
                .element(1)
                .asString()
                .contains("actor_salt", "actor=b")
                .doesNotContain("subject_salt");
    }

    @ParameterizedTest
    @DisplayName("AUD-05: what is written where a person was erased comes to the verifier, and no such row is removed")
    @ValueSource(
            strings = {
                "USER_ID = 'forged'",
                "REASON = 'forged'",
                "DETAILS = '{\"by\":\"forged\"}'",
                "LONG_DETAILS = '{\"by\":\"forged\"}'",
                "ACTOR_ID = 'forged'",
                "IP = 'forged'",
                "CORRELATION_ID = 'forged'"
            })
    void whatIsWrittenWhereAPersonWasErasedIsSeen(String forgery) throws Exception {
        write("a", 1);
        sql("UPDATE MFA_AUDIT SET USER_ID = 'u', ACTOR_ID = 'u'");
        seal(NOON);
        assertThat(new Erasure(connection, "r").of("u")).hasValue(1);

        sql("UPDATE MFA_AUDIT SET " + forgery);

        assertThat(export()).element(0).asString().contains("forged");
        connection.commit();
        assertRefused(RefusedCut.NOT_AS_SIGNED);
    }

    @Test
    void anExportHasEachCheckpointAfterItsRows() throws Exception {
        write("a", 1);
        seal(NOON);
        write("b", 2);
        write("c", 3);
        seal(NOON.plusSeconds(60));
        write("d", 4);

        assertThat(export().stream().map(line -> String.join(" ", line.keySet())))
                .containsExactly(
                        "position leaf_hash subject_salt actor_salt row",
                        "checkpoint",
                        "position leaf_hash subject_salt actor_salt row",
                        "position leaf_hash subject_salt actor_salt row",
                        "checkpoint",
                        "checkpoint",
                        "row");
    }

    @Test
    void aLongExportIsReadPageByPage() throws Exception {
        for (int number = 0; number < 2 * Sealing.BATCH + 1; number++) {
            write("row", number);
        }
        while (seal(NOON).rows() > 0) {
            // until all are sealed
        }

        List<Object> positions = extracted(export(), "position");

        assertThat(positions.stream().filter(Objects::nonNull))
                .isEqualTo(LongStream.rangeClosed(0, 2 * Sealing.BATCH).boxed().toList());
    }

    @Test
    void oldRowsAreRemovedUpToTheFirstThatIsNotOldAndTheRestGoesOnFromTheirTree() throws Exception {
        write("a", 1);
        write("b", 2);
        write("c", 50);
        write("d", 3);
        seal(NOON);
        Hash whole = root();
        write("late", 1);
        seal(NOON.plusSeconds(1));

        assertThat(prune(Instant.ofEpochMilli(10))).isEqualTo(new Pruning.Batch(0, 3));

        assertThat(column("REASON")).containsExactly("c", "late");
        Frontier rest = new Cuts(connection).last("r").orElseThrow().frontier();
        assertThat(rest.size()).isEqualTo(3);
        rest.append(Hash.parse(column("LEAF_HASH").get(0)));
        assertThat(rest.root()).isEqualTo(whole);
        assertThat(export()).element(0).asString().startsWith("{cut=signed {\"realm_id\":\"r\",\"size\":3,");
        assertThat(prune(Instant.ofEpochMilli(10)).rows()).isZero();
        assertThat(prune(NOON)).isEqualTo(new Pruning.Batch(3, 4));
        assertThat(prune(NOON)).isEqualTo(new Pruning.Batch(4, 5));
    }

    @Test
    void whatIsNotSealedIsNotRemoved() throws Exception {
        write("a", 1);

        assertThat(prune(NOON).rows()).isZero();
        seal(NOON);
        write("b", 2);
        assertThat(prune(NOON).rows()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE MFA_AUDIT SET REASON = 'forged' WHERE REASON = 'b'",
                "UPDATE MFA_AUDIT SET LEAF_HASH = 'AAAA' WHERE REASON = 'b'",
                "UPDATE MFA_AUDIT SET SUBJECT_SALT = NULL WHERE REASON = 'b'",
                "DELETE FROM MFA_AUDIT WHERE REASON = 'b'",
                "DELETE FROM MFA_AUDIT WHERE REASON = 'c'"
            })
    void whereARowWasForgedAllAreKeptAsEvidence(String forgery) throws Exception {
        write("a", 1);
        write("b", 2);
        write("c", 3);
        seal(NOON);
        sql(forgery);

        assertRefused(RefusedCut.NOT_AS_SIGNED);
    }

    /** Who changes a row by SQL changes the hash beside it, too. */
    @Test
    @DisplayName("AUD-05: a row that was hashed again after it was changed is not removed, nor is any other")
    void aRowThatWasHashedAgainIsKeptAsEvidence() throws Exception {
        for (int number = 0; number < 2 * Pruning.BATCH; number++) {
            write("row", number + 1);
        }
        seal(NOON);
        seal(NOON);
        hashAgain(7, "UPDATE MFA_AUDIT SET REASON = 'forged' WHERE LEAF_POSITION = 7");

        assertRefused(RefusedCut.NOT_AS_SIGNED);
    }

    /** Between finding out and removing he has all the time he wants. */
    @Test
    @DisplayName("AUD-05: a row that was hashed again after all were found to be sound is not removed")
    void aRowThatIsHashedAgainMeanwhileIsKeptAsEvidence() throws Exception {
        write("a", 1);
        write("b", 2);
        seal(NOON);
        Anchor anchor = new Anchoring(connection, pen, "r").from(NOON);
        hashAgain(0, "UPDATE MFA_AUDIT SET REASON = 'forged' WHERE LEAF_POSITION = 0");

        assertThatThrownBy(() -> new Pruning(connection, pen).prune("r", NOON, NOON, anchor))
                .isInstanceOf(RefusedCut.class);

        connection.rollback();
        assertThat(column("REASON")).containsExactly("forged", "b");
    }

    @Test
    @DisplayName("AUD-05: who hashes a row again and signs with a key of his own has nothing removed")
    void aCheckpointByAKeyThatNobodyKnowsVouchesForNothing() throws Exception {
        write("a", 1);
        write("b", 2);
        seal(NOON);
        hashAgain(0, "UPDATE MFA_AUDIT SET REASON = 'forged' WHERE LEAF_POSITION = 0");
        String his = "foreign " + new Checkpoint("r", 1, rootOf(1), NOON, NOON).payload();
        sql("INSERT INTO MFA_AUDIT_CHECKPOINT (REALM_ID, LEAVES, SIGNED_AT, JWS) VALUES ('r', 1, 0, '" + his + "')");

        assertRefused(RefusedCut.NOT_AS_SIGNED);

        sql("DELETE FROM MFA_AUDIT_CHECKPOINT WHERE LEAVES = 2");
        sql("UPDATE MFA_AUDIT_TREE SET JWS = '" + his + "', SIGNED_LEAVES = 1");
        assertRefused(RefusedCut.NO_CHECKPOINT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "signed {}", "signed {\"realm_id\":\"other\"}"})
    void aCheckpointThatNobodySignedIsEvidence(String forged) throws Exception {
        write("a", 1);
        seal(NOON);
        sql("UPDATE MFA_AUDIT_CHECKPOINT SET JWS = '" + forged + "'");

        assertRefused(RefusedCut.FORGED_CHECKPOINT);
    }

    @Test
    void withoutAKeptCheckpointTheLastOneVouches() throws Exception {
        write("a", 1);
        write("b", 20);
        seal(NOON);
        sql("DELETE FROM MFA_AUDIT_CHECKPOINT");

        assertThat(prune(Instant.ofEpochMilli(10))).isEqualTo(new Pruning.Batch(0, 1));
        assertThat(prune(NOON)).isEqualTo(new Pruning.Batch(1, 2));
    }

    @Test
    void rowsAreRemovedBatchByBatchUpToTheCheckpointAndThenToTheNext() throws Exception {
        for (int number = 0; number <= 2 * Pruning.BATCH; number++) {
            write("row", number + 1);
        }
        seal(NOON);
        seal(NOON);
        seal(NOON.plusSeconds(60));

        Anchor anchor = new Anchoring(connection, pen, "r").from(NOON);
        assertThat(prune(NOON, anchor)).isEqualTo(new Pruning.Batch(0, Pruning.BATCH));
        assertThat(prune(NOON, anchor).rows()).isZero();
        anchor = new Anchoring(connection, pen, "r").from(NOON);
        assertThat(prune(NOON, anchor)).isEqualTo(new Pruning.Batch(Pruning.BATCH, 2 * Pruning.BATCH));
        assertThat(prune(NOON, anchor)).isEqualTo(new Pruning.Batch(2 * Pruning.BATCH, 2 * Pruning.BATCH + 1));
        assertThat(column("REASON")).isEmpty();
    }

    @Test
    void aCutThatTheRealmDidNotSignIsNotGoneOnFrom() throws Exception {
        write("a", 1);
        write("b", 20);
        seal(NOON);
        assertThat(prune(Instant.ofEpochMilli(10)).rows()).isEqualTo(1);
        sql("UPDATE MFA_AUDIT_CUT SET CUT_AT = 5");

        assertRefused(RefusedCut.FORGED_CUT);
    }

    /** Who writes a cut by SQL names a key that there never was. */
    @Test
    void aCutByAKeyThatNobodyKnowsIsNotGoneOnFrom() throws Exception {
        write("a", 1);
        write("b", 2);
        seal(NOON);
        assertThat(prune(Instant.ofEpochMilli(2)).rows()).isEqualTo(1);
        sql("UPDATE MFA_AUDIT_CUT SET JWS = 'foreign'");

        assertRefused(RefusedCut.FORGED_CUT);
    }

    @Test
    void whoeverWritesThatMoreWasKeptKeepsNoCheckpointIn() throws Exception {
        write("a", 1);
        assertThat(seal(NOON).letOut().map(SignedCheckpoint::jws)).isPresent();
        sql("UPDATE MFA_AUDIT_TREE SET KEPT_LEAVES = 9000000000, KEPT_AT = 9000000000000000");
        assertThat(due(NOON.plusSeconds(1))).containsExactly("r");
        write("b", 2);

        assertThat(seal(NOON.plusSeconds(1)).letOut().map(SignedCheckpoint::jws))
                .contains("signed " + pen.last.payload());
        assertThat(due(NOON.plusSeconds(2))).isEmpty();
    }

    @Test
    void aCheckpointThatIsKeptAlreadyStopsNobody() throws Exception {
        write("a", 1);
        assertThat(seal(NOON).letOut().map(SignedCheckpoint::jws)).isPresent();
        sql("UPDATE MFA_AUDIT_TREE SET KEPT_LEAVES = 0, KEPT_AT = 0");

        assertThat(seal(NOON.plusSeconds(1)).letOut().map(SignedCheckpoint::jws))
                .contains("signed " + pen.last.payload());
    }

    @Test
    void withoutARealmToSignNothingIsRemoved() throws Exception {
        write("a", 1);
        seal(NOON);
        pen.gone = true;

        assertRefused(RefusedCut.NO_CHECKPOINT);
    }

    @Test
    void erasedRowsAreRemovedToo() throws Exception {
        write("a", 1);
        sql("UPDATE MFA_AUDIT SET USER_ID = 'u', ACTOR_ID = 'u'");
        seal(NOON);
        new Erasure(connection, "r").of("u");
        connection.commit();

        assertThat(prune(NOON).rows()).isEqualTo(1);
    }

    @Test
    @DisplayName("AUD-05: what is removed while it is exported is no gap")
    void anExportOfOneMomentHasWhatIsRemovedMeanwhile() throws Exception {
        sql(
                "INSERT INTO MFA_AUDIT (EVENT_ID, EVENT_CODE, EVENT_TYPE, REALM_ID, OUTCOME, CORRELATION_ID, DETAILS, TIMESTAMP)"
                        + " SELECT RANDOM_UUID(), 10099, 'auth.mfa_failed', 'r', 'FAILURE', 'c', '{}', 1 FROM SYSTEM_RANGE(1, 2500)");
        while (seal(NOON).rows() > 0) {
            // batch by batch
        }
        List<Object> positions = new ArrayList<>();
        try (Connection reader = table.connect()) {
            reader.setAutoCommit(false);
            reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);

            new TrailExport(reader, line -> {
                        if (positions.isEmpty()) {
                            removeAll();
                        }
                        Optional.ofNullable(line.get("position")).ifPresent(positions::add);
                    })
                    .write("r");
        }

        assertThat(positions).hasSize(2500).startsWith(0L).endsWith(2499L);
        assertThat(column("LEAF_POSITION")).isEmpty();
    }

    private void removeAll() {
        try {
            while (prune(NOON).rows() > 0) {
                // batch by batch
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Pruning.Batch prune(Instant olderThan) throws SQLException {
        return prune(olderThan, new Anchoring(connection, pen, "r").from(olderThan));
    }

    private Pruning.Batch prune(Instant olderThan, Anchor anchor) throws SQLException {
        Pruning.Batch batch = new Pruning(connection, pen).prune("r", olderThan, NOON, anchor);
        connection.commit();
        return batch;
    }

    private void assertRefused(String reason) throws SQLException {
        List<String> before = column("EVENT_ID");

        assertThatThrownBy(() -> prune(NOON))
                .isInstanceOfSatisfying(
                        RefusedCut.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));

        connection.rollback();
        assertThat(column("EVENT_ID")).isEqualTo(before);
    }

    /** As somebody does it who knows how rows are hashed. */
    private void hashAgain(long position, String forgery) throws SQLException {
        sql(forgery);
        StoredLeaf forged = new StoredLeaves(connection, "r").page(position, 1).get(0);
        sql("UPDATE MFA_AUDIT SET LEAF_HASH = '" + forged.leaf() + "' WHERE LEAF_POSITION = " + position);
        assertThat(new StoredLeaves(connection, "r").page(position, 1).get(0).isAsSealed())
                .isTrue();
    }

    private Hash rootOf(int leaves) throws SQLException {
        Frontier frontier = Frontier.empty();
        column("LEAF_HASH").stream().limit(leaves).map(Hash::parse).forEach(frontier::append);
        return frontier.root();
    }

    private List<Map<String, Object>> export() throws SQLException {
        List<Map<String, Object>> lines = new ArrayList<>();
        new TrailExport(connection, lines::add).write("r");
        return lines;
    }

    private static List<Object> extracted(List<Map<String, Object>> lines, String name) {
        return lines.stream().map(line -> line.get(name)).collect(Collectors.toList());
    }

    private Sealing.Batch seal(Instant now) throws SQLException {
        Sealing.Batch batch = new Sealing(connection, pen, INTERVAL, new SecureRandom()).seal("r", now);
        connection.commit();
        return batch;
    }

    private List<String> due(Instant now) throws SQLException {
        return new Trees(connection).due(now.minus(INTERVAL), now.plus(Sealing.CLOCKS));
    }

    private void write(String reason, long time) throws SQLException {
        sql(
                "INSERT INTO MFA_AUDIT (EVENT_ID, EVENT_CODE, EVENT_TYPE, REALM_ID, OUTCOME, CORRELATION_ID, DETAILS, TIMESTAMP,"
                        + " REASON) VALUES ('" + UUID.randomUUID()
                        + "', 10099, 'auth.mfa_failed', 'r', 'FAILURE', 'c', '{}', "
                        + time + ", '" + reason + "')");
    }

    private Hash firstTile() throws SQLException {
        Frontier tile = Frontier.empty();
        column("LEAF_HASH").subList(0, 256).stream().map(Hash::parse).forEach(tile::append);
        return tile.root();
    }

    private void sql(String statement) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.executeUpdate(statement);
        }
        connection.commit();
    }

    private List<String> column(String name) throws SQLException {
        try (Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery(
                        "SELECT " + name + " FROM MFA_AUDIT WHERE LEAF_POSITION IS NOT NULL ORDER BY LEAF_POSITION")) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    private String treeJws() throws SQLException {
        return new Trees(connection).of("r").signed().orElseThrow().jws();
    }

    private Hash root() throws SQLException {
        Frontier frontier = Frontier.empty();
        column("LEAF_HASH").stream().map(Hash::parse).forEach(frontier::append);
        return frontier.root();
    }

    /** Signs by saying so. */
    private static final class Pen implements Signing {

        private Checkpoint last;
        private boolean gone;
        private final Map<String, String> trees = new HashMap<>();

        @Override
        public Optional<String> sign(Checkpoint checkpoint, String tree) {
            last = checkpoint;
            trees.put("signed " + checkpoint.payload(), tree);
            return gone ? Optional.empty() : Optional.of("signed " + checkpoint.payload());
        }

        @Override
        public Optional<String> tree(String jws) {
            return Optional.ofNullable(trees.get(jws));
        }

        @Override
        public Optional<String> payload(String jws) {
            return Optional.of(jws.substring(jws.indexOf(' ') + 1));
        }

        @Override
        public Finding check(String jws, Checkpoint checkpoint) {
            return check(jws, checkpoint.payload());
        }

        @Override
        public Optional<String> sign(Cut cut) {
            return gone ? Optional.empty() : Optional.of("signed " + cut.payload());
        }

        @Override
        public Finding check(String jws, Cut cut) {
            return check(jws, cut.payload());
        }

        private Finding check(String jws, String payload) {
            if (gone) {
                return Finding.NO_REALM;
            }
            if (jws.startsWith("foreign")) {
                return Finding.UNKNOWN_KEY;
            }
            return jws.equals("signed " + payload) ? Finding.GENUINE : Finding.FORGED;
        }
    }
}
