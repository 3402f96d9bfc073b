package io.sallyport.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** AUD-05: whatever is done to a trail is found, and the first bad row is named. */
final class MainTest {

    private static final int ROWS = 8;

    private static final String ROWS_THREE_TO_FIVE =
            ",\"filters\":{\"from\":\"2026-01-01T00:03:00Z\",\"to\":\"2026-01-01T00:06:00Z\"}";

    @TempDir
    private Path directory;

    private Scribe scribe;
    private List<String> lines;
    private String said = "";

    @BeforeEach
    void aTrail() throws Exception {
        scribe = new Scribe().rows(ROWS);
        lines = scribe.lines();
    }

    @Test
    void anHonestTrailIsSound() throws Exception {
        assertThat(verify()).isEqualTo(Main.SOUND);
        assertThat(said).startsWith("8 rows, all of them signed for by the checkpoint of 2026-01-01T00:07:00Z");
    }

    @Test
    void aRowThatIsYetToBeSealedIsNoHarm() throws Exception {
        lines.add("{\"row\":" + Scribe.json(Scribe.fields(99, Scribe.START.plusSeconds(420), "new")) + "}");

        assertThat(verify()).isEqualTo(Main.SOUND);
        assertThat(said).contains("1 new ones not sealed yet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user_id", "reason", "actor", "event_id", "timestamp"})
    @DisplayName("AUD-05: a changed row")
    void aChangedRow(String field) throws Exception {
        int at = line(4);
        lines.set(at, lines.get(at).replaceAll("\"" + field + "\":\"[^\"]*\"", "\"" + field + "\":\"1\""));

        assertBad("row 4 (event ", "is not what was sealed at this place");
    }

    @Test
    @DisplayName("AUD-05: half a character is not the question mark that it would be hashed as")
    void halfACharacter() throws Exception {
        lines = new Scribe(scribe)
                .row(Scribe.START, "what?")
                .checkpoint(Scribe.START)
                .lines();
        assertThat(verify()).isEqualTo(Main.SOUND);
        lines.set(0, lines.get(0).replace("what?", "what\\ud800"));

        assertThat(verify()).isEqualTo(Main.CANNOT_TELL);
        assertThat(said).contains("want a whole character");
    }

    @Test
    @DisplayName("AUD-05: a row that lost a field, or got one")
    void aRowWithOtherFields() throws Exception {
        int at = line(4);
        String honest = lines.get(at);
        lines.set(at, honest.replaceAll(",\"actor\":\"[^\"]*\"", ""));
        assertBad("row 4 (event e4)", "is not what was sealed");
        lines.set(at, honest.replace("\"actor\":", "\"ip\":\"::1\",\"actor\":"));
        assertBad("row 4 (event e4)", "is not what was sealed");
        lines.set(at, honest.replace("\"actor\":", "\"verdict\":\"guilty\",\"actor\":"));
        assertThat(verify()).isEqualTo(Main.CANNOT_TELL);
        assertThat(said).contains("what no seal is about: verdict");
    }

    @Test
    @DisplayName("AUD-05: a row hashed again after it was changed")
    void aChangedRowWithItsHash() throws Exception {
        lines.set(line(4), Scribe.line(4, Scribe.fields(4, Scribe.START.plusSeconds(240), "nothing happened")));

        assertBad("row 3: ", "is the first of those up to row 5 that are not what is signed");
    }

    @Test
    @DisplayName("AUD-05: a removed row, with and without the rest moved up")
    void aRemovedRow() throws Exception {
        lines.remove(line(4));
        assertBad("row 4: ", "is missing");

        lines = scribe.lines();
        lines.remove(line(4));
        for (int position = 5; position < ROWS; position++) {
            lines.set(
                    line(position),
                    lines.get(line(position)).replace("\"position\":" + position, "\"position\":" + (position - 1)));
        }
        assertBad("row 4 (event e5): ", "is not what was sealed");
    }

    @Test
    @DisplayName("AUD-05: an inserted row, in and beside the order")
    void anInsertedRow() throws Exception {
        lines.add(line(4), Scribe.line(3, Scribe.fields(33, Scribe.START.plusSeconds(180), "forged")));
        assertBad("row 3 (event e33): ", "was put in, there is another");

        lines = scribe.lines();
        lines.add("{\"row\":" + Scribe.json(Scribe.fields(99, Scribe.START, "forged")) + "}");
        assertBad("row 8 (event e99): ", "was never sealed, although it is dated 2026-01-01T00:00:00Z");
    }

    @Test
    @DisplayName("AUD-05: swapped rows")
    void swappedRows() throws Exception {
        int fourth = line(4);
        int fifth = line(5);
        Collections.swap(lines, fourth, fifth);
        lines.set(fourth, lines.get(fourth).replace("\"position\":5", "\"position\":4"));
        lines.set(fifth, lines.get(fifth).replace("\"position\":4", "\"position\":5"));
        assertBad("row 4 (event e5): ", "is not what was sealed");

        lines = scribe.lines();
        Collections.swap(lines, line(4), line(5));
        assertBad("row 4: ", "is missing");
    }

    @Test
    @DisplayName("AUD-05: a row dated back before it was sealed, and one dated ahead")
    void aRowThatIsDatedWrong() throws Exception {
        lines = new Scribe(scribe)
                .rows(7)
                .row(Scribe.START.minusSeconds(9999), "alibi")
                .checkpoint(Scribe.START.plusSeconds(500))
                .lines();
        assertBad("row 7 (event e7): ", "is dated 2025-12-31T21:13:21Z, long before it was sealed");

        lines = new Scribe(scribe)
                .rows(7)
                .row(Scribe.START.plusSeconds(9999), "alibi")
                .checkpoint(Scribe.START.plusSeconds(500))
                .lines();
        assertBad("row 7: ", "is dated 2026-01-01T02:46:39Z, after it was signed");
    }

    @Test
    @DisplayName("AUD-05: a truncated tail, seen by the trail's own checkpoint and by one that was kept elsewhere")
    void aTruncatedTail() throws Exception {
        lines.remove(line(7));
        assertBad("row 7: ", "is missing, and all after it");

        lines = new Scribe(scribe).rows(6).lines();
        assertThat(verify()).isEqualTo(Main.SOUND);
        assertThat(verify(scribe.checkpoints())).isEqualTo(Main.BAD);
        assertThat(said).startsWith("row 6: ").contains("about 8 rows in " + directory.resolve("checkpoints"));
    }

    @Test
    @DisplayName("AUD-05: rows after the last checkpoint that nobody signed")
    void anUnsignedTail() throws Exception {
        lines.remove(lines.size() - 1);

        assertBad("row 6: ", "no checkpoint is about it or any row after it");
    }

    @Test
    @DisplayName("AUD-05: an older database that went on, with the realm's own key")
    void anOlderDatabase() throws Exception {
        lines = new Scribe(scribe)
                .rows(5)
                .row(Scribe.START.plusSeconds(300), "another life")
                .rows(4)
                .lines();

        assertThat(verify()).isEqualTo(Main.SOUND);
        assertThat(verify(scribe.checkpoints())).isEqualTo(Main.BAD);
        assertThat(said).startsWith("row ").contains("are not what is signed");
    }

    @Test
    @DisplayName("AUD-05: a history that was hashed again, without the realm's key")
    void aHistoryThatWasHashedAgain() throws Exception {
        lines = new Scribe().rows(ROWS).lines();

        assertBad("row 2: ", "nobody signed the checkpoint of");
    }

    @Test
    @DisplayName("AUD-14: an erased person leaves a sound trail, and nothing can be written in the person's place")
    void anErasedPerson() throws Exception {
        Map<String, String> row = Scribe.fields(4, Scribe.START.plusSeconds(240), "reason 4");
        lines.set(line(4), Scribe.erasedLine(4, row));
        assertThat(verify()).isEqualTo(Main.SOUND);
        assertThat(said).contains("1 with erased parts");

        lines.set(line(4), lines.get(line(4)).replace("\"row\":{", "\"row\":{\"user_id\":\"somebody\","));
        assertBad("row 4 (event e4): ", "says something where it was erased");
    }

    @Test
    void aRowOfAnotherRealmIsFound() throws Exception {
        Map<String, String> foreign = Scribe.fields(0, Scribe.START, "x");
        foreign.put("realm_id", "s");
        lines = new ArrayList<>(List.of(Scribe.line(0, foreign)));
        lines.addAll(scribe.lines().subList(1, 4));

        assertBad("row 1 (event e1): ", "belongs to another realm");
    }

    @Test
    void whatCannotBeReadIsNotSound() throws Exception {
        for (String bad : List.of("", "[]", "{", "{\"row\":{}}", "{\"checkpoint\":\"a.b\"}", "{\"position\":0}")) {
            lines = List.of(bad);

            assertThat(verify()).as(bad).isEqualTo(Main.CANNOT_TELL);
        }
        assertThat(run("--keys", "/nowhere", "x")).isEqualTo(Main.CANNOT_TELL);
        assertThat(run("--tolerance", "-1", "x")).isEqualTo(Main.CANNOT_TELL);
        assertThat(run()).isEqualTo(Main.CANNOT_TELL);
        assertThat(said).startsWith("java -jar sallyport-verifier.jar");
    }

    @Test
    void anExportIsWhatItsManifestSays() throws Exception {
        withManifest();
        assertThat(verify()).isEqualTo(Main.SOUND);

        lines.set(0, lines.get(0) + " ");
        assertBad("", "is not, byte for byte, what its manifest says");
    }

    @Test
    void aManifestOfAnotherPenIsNone() throws Exception {
        scribe = new Scribe();
        withManifest();
        String forged = lines.get(lines.size() - 1);
        scribe = new Scribe().rows(1);
        lines = scribe.lines();
        lines.add(forged);

        assertBad("", "nobody signed its manifest");
    }

    @Test
    void aTableIsWhatItsManifestSays() throws Exception {
        Path keys = Files.writeString(directory.resolve("keys"), scribe.jwks());
        Path table = Files.writeString(directory.resolve("trail.csv"), "\"position\"\r\n\"0\"\r\n");
        Path manifest = Files.writeString(directory.resolve("manifest"), scribe.manifest(Files.readAllBytes(table)));
        String[] command = {"--keys", keys.toString(), "--manifest", manifest.toString(), table.toString()};
        assertThat(run(command)).isEqualTo(Main.SOUND);

        Files.writeString(table, "\"position\"\r\n\"1\"\r\n");
        assertThat(run(command)).isEqualTo(Main.BAD);
        assertThat(said).contains("is not, byte for byte, what its manifest says");
    }

    @Test
    void aTrailWhoseOldestRowsWereRemovedIsSound() throws Exception {
        lines = scribe.cut(4);

        assertThat(verify()).isEqualTo(Main.SOUND);
        assertThat(said).startsWith("4 rows, all of them signed for").contains("4 older ones removed");
        assertThat(verify(scribe.checkpoints()))
                .as("with checkpoints about rows that are gone")
                .isEqualTo(Main.SOUND);
    }

    @Test
    void aRowAfterTheCutThatIsMissingOrChangedIsFound() throws Exception {
        lines = scribe.cut(4);
        lines.remove(line(4));
        assertBad("row 4: ", "is missing");

        lines = scribe.cut(4);
        lines.set(line(6), lines.get(line(6)).replace("reason 6", "reason x"));
        assertBad("row 6 (event e6): ", "is not what was sealed");
    }

    @Test
    void aCutOfAnotherPenOrOfAnotherTrailIsNone() throws Exception {
        List<String> honest = scribe.cut(4);
        lines = new ArrayList<>(honest);
        lines.set(0, new Scribe().rows(ROWS).cut(4).get(0));
        assertBad("row 0: ", "nobody signed that rows were removed");

        Scribe other = new Scribe(scribe);
        other.row(Scribe.START, "another").rows(ROWS);
        lines = new ArrayList<>(honest);
        lines.set(0, other.cut(3).get(0));
        assertThat(verify()).isEqualTo(Main.BAD);

        lines = new ArrayList<>(scribe.lines());
        lines.add(1, honest.get(0));
        assertBad("row 1: ", "comes before a cut");
    }

    @Test
    @DisplayName("AUD-05: nothing comes after a manifest, and nothing hides in a line of another kind")
    void whatComesAfterAManifest() throws Exception {
        withManifest();
        lines.add("{\"row\":" + Scribe.json(Scribe.fields(99, Scribe.START.plusSeconds(420), "new")) + "}");
        assertBad("row 8: ", "was put in: the manifest comes before it");

        lines = scribe.lines();
        lines.add(1, "{\"manifest\":\"\",\"position\":5,\"row\":{}}");
        assertThat(verify()).isEqualTo(Main.CANNOT_TELL);
        assertThat(said).contains("what no seal is about");
    }

    @Test
    @DisplayName(
            "AUD-05: a cut of rows that were there less than a month ago is found by the checkpoints from elsewhere")
    void aCutOfOnesOwnMaking() throws Exception {
        Instant later = Scribe.START.plus(Duration.ofDays(59));
        Scribe honest = new Scribe(scribe).rows(3).row(later, "yesterday").checkpoint(later);
        List<String> outside = honest.checkpoints();
        lines = scribe.rows(8).cut(12);

        assertThat(verify(outside.subList(0, 1))).as(said).isEqualTo(Main.SOUND);
        assertThat(said).contains("1 checkpoints from elsewhere");
        assertThat(verify(outside)).isEqualTo(Main.BAD);
        assertThat(said).startsWith("row 4: was removed before its time");
    }

    @Test
    @DisplayName("AUD-05: a trail that began again is found by the checkpoints from elsewhere alone")
    void aTrailThatBeganAgain() throws Exception {
        Instant later = Scribe.START.plus(Duration.ofDays(1));
        List<String> outside = new ArrayList<>(scribe.checkpoints());
        outside.addAll(new Scribe(scribe).row(later, "again").checkpoint(later).checkpoints());

        assertThat(verify(outside)).isEqualTo(Main.BAD);
        assertThat(said).startsWith("row 1: is not what it was");
    }

    @Test
    @DisplayName(
            "AUD-05: sizes that fall are found, also if an old checkpoint is written once more between them, and all are cut by now")
    void anOldCheckpointBetweenSizesThatFall() throws Exception {
        Scribe before = new Scribe(scribe).rows(3);
        for (int more = 0; more < 5; more++) {
            before.row(Scribe.START.plusSeconds(200), "another life");
        }
        List<String> outside =
                new ArrayList<>(before.checkpoint(Scribe.START.plusSeconds(420)).checkpoints());
        Instant later = Scribe.START.plus(Duration.ofDays(1));
        scribe = new Scribe(scribe)
                .rows(3)
                .row(Scribe.START.plusSeconds(180), "reason 3")
                .checkpoint(later)
                .rows(11);
        List<String> afterwards = scribe.checkpoints().subList(0, 2);
        outside.addAll(afterwards);
        lines = scribe.cut(12);

        assertThat(verify(afterwards)).as(said).isEqualTo(Main.SOUND);
        assertThat(verify(outside)).isEqualTo(Main.BAD);
        assertThat(said).startsWith("row 4: is not what it was").contains("can't be of one trail");
    }

    @Test
    @DisplayName("AUD-05: two checkpoints of one size and two roots are not of one trail, whenever they were signed")
    void twoRootsOfOneSize() throws Exception {
        List<String> outside = new ArrayList<>(scribe.checkpoints());
        outside.add(new Scribe(scribe)
                .rows(2)
                .row(Scribe.START, "another life")
                .checkpoint(Scribe.START.plusSeconds(120))
                .checkpoints()
                .get(1));
        lines = scribe.rows(8).cut(12);

        assertThat(verify(outside)).isEqualTo(Main.BAD);
        assertThat(said).startsWith("row 3: is not what it was").contains("can't be of one trail");
    }

    @Test
    @DisplayName("AUD-05: a trail without its end is not taken for a whole one")
    void aTrailWithoutManifest() throws Exception {
        Path keys = Files.writeString(directory.resolve("keys"), scribe.jwks());
        Path export = Files.write(directory.resolve("export"), lines);

        assertThat(run("--keys", keys.toString(), export.toString())).isEqualTo(Main.NOT_SHOWN);
        assertThat(said).contains("has no manifest: nothing proves that it is whole");
        withManifest();
        Files.write(export, lines);
        assertThat(run("--keys", keys.toString(), export.toString())).isEqualTo(Main.SOUND);
    }

    @Test
    @DisplayName("AUD-05: the rows of some time are held against what is signed")
    void theRowsOfSomeTimeAreInWhatIsSigned() throws Exception {
        provedRowsThreeToFive();

        assertThat(verifyPeriod()).as(said).isEqualTo(Main.SOUND);
        assertThat(said)
                .startsWith("3 rows from 2026-01-01T00:03:00Z to 2026-01-01T00:06:00Z, 0 of them not sealed yet")
                .contains("each of the others is in what is signed in the checkpoint of 2026-01-01T00:07:00Z");
    }

    @Test
    @DisplayName("AUD-05: a row that was put in later and dated back into some time does not pass")
    void aRowThatWasDatedBackIntoSomeTime() throws Exception {
        scribe = new Scribe().rows(30).row(Scribe.START.plusSeconds(240), "planted");
        scribe.checkpoint(Scribe.START.plusSeconds(1_800));
        lines = new ArrayList<>(List.of(scribe.checkpoints().get(10)));
        for (int position : List.of(3, 4, 30, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)) {
            lines.add(scribe.lines().get(rowAt(position)));
        }
        lines.add(scribe.proof(3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L, 30L));
        withManifest(",\"filters\":{\"from\":\"2026-01-01T00:03:00Z\",\"to\":\"2026-01-01T00:16:00Z\"}");

        assertThat(verifyPeriod()).as(said).isEqualTo(Main.NOT_SHOWN);
        assertThat(said).contains("row 30 was sealed after rows of later dates");
    }

    @Test
    @DisplayName("AUD-05: rows of some time don't pass by what was signed before it was over, or long after")
    void whatIsSignedOfSomeTimeIsOfItsEnd() throws Exception {
        provedRowsThreeToFive();
        lines.remove(5);
        withManifest(",\"filters\":{\"from\":\"2026-01-01T00:03:00Z\",\"to\":\"2026-01-01T00:08:00Z\"}");
        assertThat(verifyPeriod()).as(said).isEqualTo(Main.NOT_SHOWN);
        assertThat(said).contains("that time was not over when all of it was signed the last time");

        scribe.checkpoint(Scribe.START.plus(Duration.ofDays(8)));
        asHandedOut(0, scribe.checkpoints().get(3));
        assertThat(verifyPeriod()).as(said).isEqualTo(Main.NOT_SHOWN);
        assertThat(said).contains("long after that time");
    }

    @Test
    @DisplayName("A time that is more exact than the rows accuses none of them")
    void someTimeWithFractionsOfAMillisecond() throws Exception {
        provedRowsThreeToFive();
        lines.remove(5);
        withManifest(",\"filters\":{\"from\":\"2026-01-01T00:03:00.000500Z\",\"to\":\"2026-01-01T00:06:00.0009Z\"}");

        assertThat(verifyPeriod()).as(said).isEqualTo(Main.SOUND);
    }

    @Test
    @DisplayName("Rows of some time whose download was cut off accuse nobody")
    void someTimeThatWasCutOff() throws Exception {
        provedRowsThreeToFive();
        for (int left = 5; left > 0; left--) {
            lines = new ArrayList<>(lines.subList(0, left));
            assertThat(verifyPeriod()).as("%d lines", left).isEqualTo(Main.CANNOT_TELL);
            assertThat(said).contains("take it again");
        }
    }

    @Test
    @DisplayName("AUD-05: rows of some time of which one was hashed again after it was changed are not what is signed")
    void aProvedRowThatWasHashedAgain() throws Exception {
        String forged = Scribe.line(4, Scribe.fields(4, Scribe.START.plusSeconds(240), "nothing happened"));

        asHandedOut(2, forged);

        assertThat(verifyPeriod()).isEqualTo(Main.BAD);
        assertThat(said).startsWith("row 3: is the first of 3 rows that are not all what is signed in the checkpoint");
    }

    @Test
    @DisplayName("AUD-05: rows of some time don't pass with a proof of others, of another pen, or of none")
    void otherProofs() throws Exception {
        asHandedOut(4, scribe.proof(2L, 3L, 4L));
        assertThat(verifyPeriod()).isEqualTo(Main.BAD);

        asHandedOut(4, "{\"proof\":[]}");
        assertThat(verifyPeriod()).isEqualTo(Main.BAD);

        asHandedOut(0, new Scribe().rows(ROWS).checkpoints().get(2));
        assertThat(verifyPeriod()).isEqualTo(Main.BAD);
        assertThat(said).contains("nobody signed the checkpoint");

        asHandedOut(0, scribe.checkpoints().get(0));
        assertThat(verifyPeriod()).isEqualTo(Main.BAD);
        assertThat(said).startsWith("row 3 (event e3): was put in: nothing is signed about its place");

        asHandedOut(4, "{\"proof\":[\"\"]}");
        assertThat(verifyPeriod()).isEqualTo(Main.CANNOT_TELL);
        asHandedOut(1, scribe.proof(3L));
        assertThat(verifyPeriod()).isEqualTo(Main.BAD);
        assertThat(said).startsWith("row 0: comes before a proof of nothing");
    }

    @Test
    @DisplayName("AUD-05: a row of some time that nobody sealed does not pass, and is found if it is old")
    void anUnsealedRowOfSomeTime() throws Exception {
        String never = "{\"row\":" + Scribe.json(Scribe.fields(4, Scribe.START.plusSeconds(240), "never")) + "}";
        provedRowsThreeToFive();
        lines.set(2, never);
        lines.set(4, scribe.proof(3L, 5L));
        lines.remove(5);
        withManifest(ROWS_THREE_TO_FIVE);

        assertThat(verifyPeriod()).isEqualTo(Main.NOT_SHOWN);
        assertThat(said).contains("1 of them not sealed yet, which nothing vouches for", "is in what is signed in");
        assertThat(verifyPeriod("--tolerance", "60")).isEqualTo(Main.BAD);
        assertThat(said).startsWith("row 1 (event e4): was never sealed, although it is dated");
    }

    @Test
    @DisplayName("AUD-05: rows of some time without all of their proofs don't pass, however many they are")
    void rowsOfSomeTimeThatNothingShows() throws Exception {
        scribe = new Scribe();
        for (int position = 0; position < 10_002; position++) {
            scribe.row(Scribe.START.plusSeconds(position), "one of many");
        }
        scribe.checkpoint(Scribe.START.plusSeconds(10_002));
        lines = new ArrayList<>(scribe.checkpoints());
        lines.addAll(scribe.lines().stream()
                .filter(line -> line.startsWith("{\"position\":"))
                .toList());
        lines.add(scribe.proof(10_000L, 10_001L));
        withManifest(",\"filters\":{\"from\":\"2026-01-01T00:00:00Z\"}");

        assertThat(verifyPeriod()).as(said).isEqualTo(Main.NOT_SHOWN);
        assertThat(said).contains("nothing shows that these hashes are what was signed");
    }

    @Test
    @DisplayName("AUD-05: a whole trail has no proofs")
    void aProofInATrail() throws Exception {
        lines.add(3, scribe.proof(0L));

        assertBad("row 3: ", "comes before a proof");
    }

    /** With one of its lines, and the manifest that a server signs, which reads what is there. */
    private void asHandedOut(int at, String line) throws Exception {
        provedRowsThreeToFive();
        lines.set(at, line);
        lines.remove(5);
        withManifest(ROWS_THREE_TO_FIVE);
    }

    /** A checkpoint, three rows, their proof and the manifest. */
    private void provedRowsThreeToFive() throws Exception {
        ofRowsThreeToFive();
        lines.remove(3);
        lines.add(0, scribe.checkpoints().get(2));
        lines.add(scribe.proof(3L, 4L, 5L));
        withManifest(ROWS_THREE_TO_FIVE);
    }

    @Test
    @DisplayName("AUD-05: the rows of some time from an older server fit their hashes, and that is no pass")
    void theRowsOfSomeTimeAreWhatTheirManifestSaysAndMayNotBeWhatWasSigned() throws Exception {
        ofRowsThreeToFive();

        assertThat(verifyPeriod()).as(said).isEqualTo(Main.NOT_SHOWN);

        assertThat(said)
                .startsWith("3 rows from 2026-01-01T00:03:00Z to 2026-01-01T00:06:00Z")
                .contains("nothing shows that these hashes are what was signed: take the whole trail");
    }

    @Test
    @DisplayName(
            "AUD-05: a row of some time that was hashed again after it was changed, and one that was never sealed, don't pass")
    void aChangedRowOfSomeTimeWithItsHash() throws Exception {
        ofRowsThreeToFive();
        lines.remove(3);
        lines.set(1, Scribe.line(4, Scribe.fields(4, Scribe.START.plusSeconds(240), "nothing happened")));
        withManifest(ROWS_THREE_TO_FIVE);
        assertThat(verifyPeriod()).as(said).isNotEqualTo(Main.SOUND);
        assertThat(verify()).as("with --without-manifest").isNotEqualTo(Main.SOUND);

        ofRowsThreeToFive();
        lines.remove(3);
        lines.set(1, "{\"row\":" + Scribe.json(Scribe.fields(4, Scribe.START.plusSeconds(240), "never")) + "}");
        withManifest(ROWS_THREE_TO_FIVE);
        assertThat(verifyPeriod()).as(said).isNotEqualTo(Main.SOUND);
    }

    @Test
    @DisplayName("AUD-05: a row of some time that was changed, removed, put in or comes from another time")
    void badRowsOfSomeTime() throws Exception {
        ofRowsThreeToFive();
        lines.set(1, lines.get(1).replace("reason 4", "nothing"));
        assertThat(verifyPeriod()).isEqualTo(Main.BAD);
        assertThat(said).startsWith("row 4 (event e4): is not what was sealed");

        ofRowsThreeToFive();
        lines.remove(1);
        assertThat(verifyPeriod()).isEqualTo(Main.BAD);
        assertThat(said).contains("is not, byte for byte, what its manifest says");

        ofRowsThreeToFive();
        lines.add(lines.size() - 1, Scribe.line(6, Scribe.fields(6, Scribe.START.plusSeconds(330), "late")));
        assertThat(verifyPeriod()).isEqualTo(Main.BAD);
        assertThat(said).contains("is not, byte for byte, what its manifest says");

        lines = new ArrayList<>(scribe.lines().stream()
                .filter(line -> line.startsWith("{\"position\":"))
                .toList());
        withManifest(",\"filters\":{\"from\":\"2026-01-01T00:03:00Z\"}");
        assertThat(verifyPeriod()).isEqualTo(Main.BAD);
        assertThat(said).startsWith("row 0 (event e0): is dated").contains("outside of the time");
    }

    @Test
    @DisplayName("AUD-05: the rows of some time don't pass as a trail, and checkpoints are not held against them")
    void aPeriodIsNoTrail() throws Exception {
        ofRowsThreeToFive();
        lines.remove(3);
        withManifest();
        assertThat(verifyPeriod()).isEqualTo(Main.BAD);
        assertThat(said).startsWith("row 0: is missing");

        ofRowsThreeToFive();
        assertThat(verify(scribe.checkpoints())).isEqualTo(Main.CANNOT_TELL);
        assertThat(said).contains("take the whole trail");
    }

    private void ofRowsThreeToFive() throws Exception {
        lines = new ArrayList<>();
        for (int position = 3; position < 6; position++) {
            lines.add(scribe.lines().get(rowAt(position)));
        }
        withManifest(ROWS_THREE_TO_FIVE);
    }

    private int rowAt(int position) {
        List<String> all = scribe.lines();
        for (int at = 0; at < all.size(); at++) {
            if (all.get(at).startsWith("{\"position\":" + position + ",")) {
                return at;
            }
        }
        throw new AssertionError("no row " + position);
    }

    private int verifyPeriod(String... more) throws IOException {
        Path keys = Files.writeString(directory.resolve("keys"), scribe.jwks());
        Path export = Files.write(directory.resolve("export"), lines);
        List<String> command = new ArrayList<>(List.of("--keys", keys.toString(), export.toString()));
        command.addAll(List.of(more));
        return run(command.toArray(String[]::new));
    }

    @Test
    @DisplayName(
            "AUD-05: a trail that began again is found, also if it was longer than the one before it at once, and is cut by now")
    void aLongerTrailThatBeganAgain() throws Exception {
        Instant later = Scribe.START.plus(Duration.ofDays(1));
        List<String> outside =
                new ArrayList<>(new Scribe(scribe).told("A").rows(5).checkpoints());
        scribe = new Scribe(scribe).told("B").rows(20).checkpoint(later);
        outside.addAll(scribe.checkpoints().subList(2, scribe.checkpoints().size()));
        lines = scribe.cut(12);

        assertThat(verify(scribe.checkpoints())).isEqualTo(Main.SOUND);
        assertThat(verify(outside)).isEqualTo(Main.BAD);
        assertThat(said).startsWith("row 0: is not what it was: the trail began again between");
        assertThat(verify(outside.subList(0, 2)))
                .as("with what was kept before alone")
                .isEqualTo(Main.BAD);
        assertThat(said).startsWith("row 0: is not what it was: the trail began again between");
    }

    @Test
    void aTrailThatIsToldSinceAnUpgradeIsStillTheSame() throws Exception {
        lines = scribe.told("A").rows(4).lines();

        assertThat(verify(scribe.checkpoints())).isEqualTo(Main.SOUND);
    }

    @Test
    @DisplayName(
            "What a webhook got are checkpoints from elsewhere: in any order, more than once, among other messages")
    void messagesOfAWebhook() throws Exception {
        List<String> messages = new ArrayList<>();
        messages.add("{\"specversion\":\"1.0\",\"id\":\"x\",\"type\":\"auth.mfa_locked\",\"data\":{\"attempt\":5}}");
        for (String line : scribe.checkpoints()) {
            messages.add("{\"specversion\":\"1.0\",\"id\":\"y\",\"type\":\"auth.mfa_audit_checkpoint\",\"data\":" + line
                    + "}");
        }
        Collections.reverse(messages);
        messages.addAll(List.copyOf(messages));
        assertThat(verify(messages)).isEqualTo(Main.SOUND);

        lines = new Scribe(scribe).rows(6).lines();
        assertThat(verify(messages)).isEqualTo(Main.BAD);
        assertThat(said)
                .startsWith("row 6: is missing")
                .contains("about 8 rows in " + directory.resolve("checkpoints"));

        messages.add("{\"specversion\":\"1.0\",\"type\":\"auth.mfa_audit_checkpoint\"}");
        assertThat(verify(messages)).isEqualTo(Main.CANNOT_TELL);
    }

    @Test
    @DisplayName(
            "AUD-05: the log of a server is a file of checkpoints, with whatever stands before them, and of any number of realms")
    void aLogOfTwoRealms() throws Exception {
        List<String> log = logged(scribe.checkpoints());
        log.addAll(logged(new Scribe().of("another").rows(4).checkpoints()));

        assertThat(verify(log)).as(said).isEqualTo(Main.SOUND);
        assertThat(said).contains("2 lines from elsewhere passed over");
        lines = new Scribe(scribe).rows(6).lines();
        assertThat(verify(log)).isEqualTo(Main.BAD);
        assertThat(said).startsWith("row 6: is missing");
        assertThat(verify(logged(new Scribe().rows(3).checkpoints())))
                .as("by another pen")
                .isEqualTo(Main.BAD);
    }

    @Test
    @DisplayName("AUD-05: whatever else stands in a log, also in one of JSON, does not hide the checkpoints in it")
    void aLogWithOtherLines() throws Exception {
        List<String> log = logged(scribe.checkpoints());
        log.add(1, "");
        log.add(
                1,
                "2026-01-01 00:00:00,000 ERROR [io.sallyport] (Timer-1) Can't write: /var/x: No space left on device");
        log.add("{\"level\":\"INFO\",\"message\":\"Keycloak started\"}");
        log.add("{\"level\":\"INFO\",\"message\":\""
                + scribe.checkpoints().get(2).replace("\"", "\\\"") + "\"}");
        assertThat(verify(log)).as(said).isEqualTo(Main.SOUND);
        assertThat(said).contains("3 lines from elsewhere passed over");

        lines = new Scribe(scribe).rows(6).lines();
        assertThat(verify(log.subList(log.size() - 1, log.size()))).isEqualTo(Main.BAD);
        assertThat(said).startsWith("row 6: is missing");
    }

    @Test
    @DisplayName("AUD-05: checkpoints of other realms alone stand against nothing, and that is said")
    void aLogOfAnotherRealm() throws Exception {
        assertThat(verify(logged(new Scribe().of("another").rows(3).checkpoints())))
                .isEqualTo(Main.CANNOT_TELL);
        assertThat(said).contains("no checkpoint from elsewhere is about this realm");
        assertThat(verify(List.of("2026-01-01 INFO nothing of the kind"))).isEqualTo(Main.CANNOT_TELL);
    }

    /** One as it is now, the next as servers of before wrote it. */
    private static List<String> logged(List<String> checkpoints) {
        List<String> log = new ArrayList<>();
        for (String line : checkpoints) {
            String jws = line.substring(line.indexOf(':') + 2, line.length() - 2);
            log.add("2026-01-01 00:00:00,000 INFO  [io.sallyport.audit.checkpoint] (Timer-1) "
                    + (log.size() % 2 == 0 ? line : jws));
        }
        return log;
    }

    private void withManifest() throws Exception {
        withManifest("");
    }

    private void withManifest(String more) throws Exception {
        String text = String.join("\n", lines) + "\n";
        lines.add(scribe.manifest(text.getBytes(StandardCharsets.UTF_8), more));
    }

    private int line(int position) {
        for (int at = 0; at < lines.size(); at++) {
            if (lines.get(at).contains("\"event_id\":\"e" + position + "\"")) {
                return at;
            }
        }
        throw new AssertionError("no row " + position);
    }

    private void assertBad(String where, String what) throws IOException {
        assertThat(verify()).isEqualTo(Main.BAD);
        assertThat(said).startsWith(where).contains(what);
    }

    private int verify() throws IOException {
        return verify(List.of());
    }

    private int verify(List<String> checkpoints) throws IOException {
        Path keys = Files.writeString(directory.resolve("keys"), scribe.jwks());
        Path export = Files.write(directory.resolve("export"), lines);
        Path outside = Files.write(directory.resolve("checkpoints"), checkpoints);
        return run("--without-manifest", "--keys", keys.toString(), export.toString(), outside.toString());
    }

    private int run(String... arguments) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(output, true, StandardCharsets.UTF_8);
        int answer = Main.run(List.of(arguments), stream, stream);
        said = output.toString(StandardCharsets.UTF_8);
        return answer;
    }
}
