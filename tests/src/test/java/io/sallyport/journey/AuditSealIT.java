package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.audit.seal.Checkpoint;
import io.sallyport.audit.seal.Hash;
import io.sallyport.audit.seal.Proof;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a superuser of the database does to the trail, an auditor finds, with an export, the realm's keys and a file. */
@Journey
final class AuditSealIT {

    private static final List<String> TABLES = List.of("MFA_AUDIT", "MFA_AUDIT_TREE", "MFA_AUDIT_CHECKPOINT");

    @TempDir
    private Path desk;

    private final KeycloakServer server;
    private final Path checkpoints;
    private final Database database;
    private MfaRealm realm;
    private String realmId;
    private Auditor auditor;
    private int rows;
    private int changes;

    AuditSealIT(PostgresServer server) {
        this.server = server.keycloak();
        this.checkpoints = server.checkpoints();
        this.database = server.keycloak().database();
    }

    @BeforeEach
    void aRealmWithEightRowsAndMore() throws IOException {
        realm = MfaRealm.strict(server);
        realmId = realm.admin().get(realm.name()).path("id").asText();
        auditor = new Auditor(realm, desk);
        while (positions() < 8) {
            event();
        }
        awaitOutside(); // until then the server writes to what is copied now
        rows = positions();
        backUp();
    }

    @Test
    @DisplayName(
            "AUD-07: a trail as the server writes it is sound; every row has one place, and each checkpoint is in the file")
    void theTrailIsSound() throws Exception {
        Path kept = awaitOutside();
        List<String> trail = auditor.sealedTrail();

        Auditor.Opinion opinion = auditor.opinion(trail, kept);

        long sealed =
                trail.stream().filter(line -> line.startsWith("{\"position\":")).count();
        assertThat(sealed).isGreaterThanOrEqualTo(rows);
        assertThat(opinion).isEqualTo(new Auditor.Opinion(0, opinion.words()));
        assertThat(opinion.words()).startsWith(sealed + " rows, all of them signed for by the checkpoint of ");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("AUD-05: what was done to one row is found at that row")
    @CsvSource(
            delimiter = '|',
            value = {
                "changed | UPDATE MFA_AUDIT SET OUTCOME = 'FORGED' WHERE REALM_ID = ? AND LEAF_POSITION = 2 | row 2 (event",
                "about another | UPDATE MFA_AUDIT SET USER_ID = 'x' WHERE REALM_ID = ? AND LEAF_POSITION = 2 | row 2 (event",
                "dated back | UPDATE MFA_AUDIT SET TIMESTAMP = TIMESTAMP - 1 WHERE REALM_ID = ? AND LEAF_POSITION = 4 | row 4 (event",
                "removed | DELETE FROM MFA_AUDIT WHERE REALM_ID = ? AND LEAF_POSITION = 3 | row 3: is missing",
                "first removed | DELETE FROM MFA_AUDIT WHERE REALM_ID = ? AND LEAF_POSITION = 0 | row 0: is missing",
                "another's | UPDATE MFA_AUDIT SET ACTOR_SALT = SUBJECT_SALT WHERE REALM_ID = ? AND LEAF_POSITION = 5 | row 5 (event",
                "emptied | DELETE FROM MFA_AUDIT WHERE REALM_ID = ? | row 0: is missing",
            })
    void whatWasDoneToARow(String how, String sql, String first) throws Exception {
        assertThat(database.update(sql, realmId)).isPositive();

        Auditor.Opinion opinion = auditor.opinion();
        assertThat(opinion).isEqualTo(bad(first, opinion));

        restore();
        assertThat(auditor.opinion().answer()).isZero();
    }

    @Test
    @DisplayName("AUD-05: swapped rows are found at the first of them")
    void swappedRows() throws Exception {
        place(2, -1);
        place(3, 2);
        place(-1, 3);

        Auditor.Opinion opinion = auditor.opinion();
        assertThat(opinion).isEqualTo(bad("row 2 (event", opinion));
    }

    @Test
    @DisplayName("AUD-05: a truncated tail is found at its first row")
    void aTruncatedTail() throws Exception {
        database.update("DELETE FROM MFA_AUDIT WHERE REALM_ID = ? AND LEAF_POSITION >= ?", realmId, rows - 2);

        Auditor.Opinion opinion = auditor.opinion();
        assertThat(opinion).isEqualTo(bad("row " + (rows - 2) + ": is missing", opinion));
    }

    @Test
    @DisplayName("AUD-05: a row that was put beside the sealer is found")
    void anInsertedRow() throws Exception {
        insert(Optional.of(rows + 5L));

        Auditor.Opinion opinion = auditor.opinion();
        assertThat(opinion).isEqualTo(bad("row " + rows + " (event", opinion));
        assertThat(opinion.words()).contains("was never sealed, although it is dated");
    }

    @Test
    @DisplayName("AUD-05: a row that was put in for the sealer to take is found if it is dated back")
    void aBackdatedRow() throws Exception {
        insert(Optional.empty());
        auditor.awaitSealed();

        Auditor.Opinion opinion = auditor.opinion();
        assertThat(opinion).isEqualTo(bad("row " + rows + " (event", opinion));
        assertThat(opinion.words()).contains("long before it was sealed");
    }

    @Test
    @DisplayName("AUD-05: rows of some time don't pass with one that was put in for the sealer to take and dated back")
    void aBackdatedRowOfSomeTime() throws Exception {
        insert(Optional.empty());

        Auditor.Opinion opinion = auditor.opinionOf(period());

        assertThat(opinion.answer()).isEqualTo(3);
        assertThat(opinion.words()).contains("row " + rows + " was sealed after rows of later dates");
    }

    @Test
    @DisplayName("AUD-05: a row that was hashed again after it was changed is not what the realm signed")
    void aHistoryThatWasHashedAgain() throws Exception {
        database.update("UPDATE MFA_AUDIT SET OUTCOME = 'FORGED' WHERE REALM_ID = ? AND LEAF_POSITION = 2", realmId);
        database.update(
                "UPDATE MFA_AUDIT SET LEAF_HASH = ? WHERE REALM_ID = ? AND LEAF_POSITION = 2",
                auditor.hashOfRow(2),
                realmId);

        Auditor.Opinion opinion = auditor.opinion();

        assertThat(opinion.answer()).isEqualTo(1);
        assertThat(opinion.words()).matches("(?s)row [0-2]: .* that are not what is signed in .*");
    }

    @Test
    @DisplayName("AUD-05: a row that was hashed again after it was changed is found among the rows of some time, too")
    void aHashedAgainRowOfSomeTime() throws Exception {
        assertThat(auditor.opinionOf(period()).answer()).as("an honest one").isZero();
        database.update("UPDATE MFA_AUDIT SET OUTCOME = 'FORGED' WHERE REALM_ID = ? AND LEAF_POSITION = 2", realmId);
        database.update(
                "UPDATE MFA_AUDIT SET LEAF_HASH = ? WHERE REALM_ID = ? AND LEAF_POSITION = 2",
                auditor.hashOfRow(2),
                realmId);

        Auditor.Opinion opinion = auditor.opinionOf(period());

        assertThat(opinion.answer()).isEqualTo(1);
        assertThat(opinion.words()).contains("that are not all what is signed in");
    }

    /** The rows up to the last of the first eight, as the server hands them out. */
    private Path period() throws IOException {
        auditor.awaitSealed();
        Instant end = Instant.ofEpochMilli(Long.parseLong(
                database.rows("SELECT TIMESTAMP FROM MFA_AUDIT WHERE REALM_ID = ? AND LEAF_POSITION = ?", realmId, 7)
                        .get(0)
                        .get("TIMESTAMP")));
        return Files.writeString(
                desk.resolve("period.ndjson"),
                realm.admin()
                        .tryGet(realm.name() + "/mfa/audit/export?to=" + end)
                        .expect(200)
                        .body());
    }

    @Test
    @DisplayName(
            "AUD-05: a restored older database is sound by itself, and found by the file that it did not take back")
    void anOlderDatabase() throws Exception {
        event();
        Path kept = awaitOutside();
        restore();

        List<String> older = auditor.export();
        assertThat(auditor.opinion(older).answer()).isZero();
        Auditor.Opinion opinion = auditor.opinion(older, kept);
        assertThat(opinion).isEqualTo(bad("row " + rows + ": is missing", opinion));

        event();
        auditor.awaitSealed(); // by now there are more rows than there were
        assertThat(auditor.opinion(kept).words()).contains("that are not what is signed");
    }

    @Test
    @DisplayName("AUD-14: an erased person is nowhere in the trail, and the trail still verifies")
    void anErasedPerson() throws Exception {
        Member member = realm.enrolled();
        realm.web()
                .password(
                        member.username(),
                        Member.PASSWORD,
                        Map.of("totp", member.phone().wrongCode()));
        assertThat(auditor.sealedTrail()).anyMatch(line -> line.contains(member.id()));
        String person = realm.name() + "/mfa/audit/persons/" + member.id() + "?reason=gdpr";
        assertThat(realm.admin().delete(person).status())
                .as("who has an account")
                .isEqualTo(400);
        realm.admin().delete(realm.name() + "/users/" + member.id()).expect(204);
        auditor.sealedTrail();

        Reply erased = realm.admin().delete(person).expect(200);

        assertThat(erased.json().path("rows").asInt()).isPositive();
        Path kept = awaitOutside();
        List<String> trail = auditor.sealedTrail();
        assertThat(trail).noneMatch(line -> line.contains(member.id()));
        assertThat(trail).last().asString().contains("checkpoint");
        assertThat(database.rows("SELECT * FROM MFA_AUDIT WHERE REALM_ID = ?", realmId)
                        .toString())
                .doesNotContain(member.id())
                .contains("auth.mfa_person_erased");
        Auditor.Opinion opinion = auditor.opinion(trail, kept);
        assertThat(opinion).isEqualTo(new Auditor.Opinion(0, opinion.words()));
        assertThat(opinion.words()).contains(erased.json().path("rows").asInt() + " with erased parts");
    }

    @Test
    @DisplayName("AUD-05: what somebody writes where a person was erased is found, and nobody is shown it")
    void inThePlaceOfAnErasedPerson() throws Exception {
        String commitment = auditor.commitmentOfSubject(2);

        database.update(
                "UPDATE MFA_AUDIT SET SUBJECT_HASH = ?, SUBJECT_SALT = NULL, USER_ID = 'forged', REASON = 'forged',"
                        + " DETAILS = '{\"by\":\"forged\"}' WHERE REALM_ID = ? AND LEAF_POSITION = 2",
                commitment,
                realmId);

        Auditor.Opinion opinion = auditor.opinion();
        assertThat(opinion).isEqualTo(bad("row 2 (event", opinion));
        assertThat(opinion.words()).contains("says something where it was erased");
        JsonNode shown = realm.admin()
                .get(realm.name() + "/mfa/audit?event_id=" + eventAt(2))
                .path("rows")
                .path(0);
        assertThat(shown.toString()).doesNotContain("forged");
        assertThat(shown.path("erased").path(0).asText()).isEqualTo("subject");
        for (String filters : List.of("user=forged", "user=forged&outcome=" + outcomeAt(2))) {
            JsonNode his = realm.admin().get(realm.name() + "/mfa/audit?" + filters);
            assertThat(his.path("rows")).as(filters).isEmpty();
        }
    }

    private String outcomeAt(int position) {
        return database.rows(
                        "SELECT OUTCOME FROM MFA_AUDIT WHERE REALM_ID = ? AND LEAF_POSITION = " + position, realmId)
                .get(0)
                .values()
                .iterator()
                .next();
    }

    @Test
    @DisplayName(
            "AUD-05: a row alone is shown to be in the signed trail; one that was changed, or hashed again, is not")
    void aRowAlone() {
        for (int position = 0; position < rows; position++) {
            assertThat(isSealed(proof(position))).as("row %d", position).isTrue();
        }

        database.update("UPDATE MFA_AUDIT SET OUTCOME = 'FORGED' WHERE REALM_ID = ? AND LEAF_POSITION = 2", realmId);
        assertThat(isSealed(proof(2))).isFalse();
        database.update(
                "UPDATE MFA_AUDIT SET LEAF_HASH = ? WHERE REALM_ID = ? AND LEAF_POSITION = 2",
                auditor.hashOfRow(2),
                realmId);
        assertThat(isSealed(proof(2))).isFalse();
        assertThat(isSealed(proof(3))).as("the row beside it").isFalse();
    }

    @Test
    @DisplayName("A row that is not there has no proof, and one of another realm is not there")
    void noSuchRow() {
        String event = eventAt(2);

        realm.admin()
                .tryGet(realm.name() + "/mfa/audit/" + UUID.randomUUID() + "/proof")
                .expect(404);
        MfaRealm other = MfaRealm.strict(server);
        other.admin().tryGet(other.name() + "/mfa/audit/" + event + "/proof").expect(404);
    }

    private JsonNode proof(int position) {
        return realm.admin().get(realm.name() + "/mfa/audit/" + eventAt(position) + "/proof");
    }

    private String eventAt(int position) {
        return database.rows(
                        "SELECT EVENT_ID FROM MFA_AUDIT WHERE REALM_ID = ? AND LEAF_POSITION = ?", realmId, position)
                .get(0)
                .get("EVENT_ID");
    }

    /** Whether the row, hashed by ourselves, and the path lead to the root that the checkpoint says. */
    private boolean isSealed(JsonNode proof) {
        String payload = new String(
                Base64.getUrlDecoder().decode(proof.path("checkpoint").asText().split("\\.", -1)[1]),
                StandardCharsets.UTF_8);
        Checkpoint checkpoint = Checkpoint.read(realmId, payload).orElseThrow();
        assertThat(checkpoint.size()).isEqualTo(proof.path("tree_size").asLong());
        List<Hash> path = new ArrayList<>();
        proof.path("path").forEach(hash -> path.add(Hash.parse(hash.asText())));
        return new Proof(path)
                .includes(Auditor.leaf(proof), proof.path("position").asLong(), checkpoint.size(), checkpoint.root());
    }

    private void event() {
        SettingsApi.of(realm)
                .change(Map.of("mfa.claim.ttl", String.valueOf(100 + ++changes)))
                .expect(200);
    }

    private int positions() {
        return database.rows("SELECT 1 FROM MFA_AUDIT WHERE REALM_ID = ?", realmId)
                .size();
    }

    private void place(long from, long to) {
        database.update(
                "UPDATE MFA_AUDIT SET LEAF_POSITION = ? WHERE REALM_ID = ? AND LEAF_POSITION = ?", to, realmId, from);
    }

    private void insert(Optional<Long> position) {
        database.update(
                "INSERT INTO MFA_AUDIT (EVENT_ID, EVENT_CODE, EVENT_TYPE, REALM_ID, OUTCOME, CORRELATION_ID, DETAILS,"
                        + " TIMESTAMP, LEAF_POSITION) VALUES (?, 10093, 'auth.mfa_verified', ?, 'SUCCESS', 'x', '{}',"
                        + " 1767225600000, ?)",
                UUID.randomUUID().toString(),
                realmId,
                position.orElse(null));
    }

    private void backUp() {
        for (String table : TABLES) {
            database.update("DROP TABLE IF EXISTS OLD_" + table);
            database.update(
                    "CREATE TABLE OLD_" + table + " AS SELECT * FROM " + table + " WHERE REALM_ID = '" + realmId + "'");
        }
    }

    private void restore() {
        auditor.awaitSealed();
        for (String table : TABLES) {
            database.update("DELETE FROM " + table + " WHERE REALM_ID = ?", realmId);
            database.update("INSERT INTO " + table + " SELECT * FROM OLD_" + table);
        }
    }

    /** What left the database. */
    private Path outside() {
        return checkpoints.resolve(realmId + ".ndjson");
    }

    /** Waits until all is sealed and the last checkpoint has left; a copy of those that have. */
    private Path awaitOutside() throws IOException {
        auditor.awaitSealed();
        Auditor.await("the last checkpoint in " + outside(), this::hasLeft);
        return Files.copy(outside(), desk.resolve("checkpoints.ndjson"), StandardCopyOption.REPLACE_EXISTING);
    }

    private boolean hasLeft() {
        try {
            return Files.exists(outside()) && Files.readString(outside()).contains(signedLast());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String signedLast() {
        return database.rows("SELECT JWS FROM MFA_AUDIT_TREE WHERE REALM_ID = ?", realmId)
                .get(0)
                .get("JWS");
    }

    private static Auditor.Opinion bad(String first, Auditor.Opinion opinion) {
        assertThat(opinion.words()).startsWith(first);
        return new Auditor.Opinion(1, opinion.words());
    }
}
